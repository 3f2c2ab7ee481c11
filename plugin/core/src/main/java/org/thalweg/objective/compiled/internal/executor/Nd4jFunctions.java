package org.thalweg.objective.compiled.internal.executor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/** Functions of one number and their derivatives in ND4J's ops. */
final class Nd4jFunctions {

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double GELU_STEEPNESS = 1.702;

    Routine value(Instruction instruction, INDArray x, INDArray y) {
        return switch (UnaryFunction.of(instruction.integer(0))) {
            case RELU -> custom("relu", x, y, 0);
            // The custom op lrelu would round alpha to single precision.
            case LEAKY_RELU -> scalar(new LeakyReLU(x, y, instruction.real(0)));
            case ELU -> custom("elu", x, y, instruction.real(0));
            case SELU -> custom("selu", x, y, SELU_ALPHA);
            case HARD_SIGMOID -> custom("hardsigmoid", x, y);
            case TANH -> custom("tanh", x, y);
            case SIGMOID -> custom("sigmoid", x, y);
            case SOFTPLUS -> custom("softplus", x, y);
            case SWISH -> transform(new Swish(x, y));
            case GELU -> transform(new GELU(x, y));
            case EXP -> transform(new Exp(x, y));
            case LOG -> transform(new Log(x, y));
            case SQRT -> transform(new Sqrt(x, y));
            case RECIPROCAL_SQRT -> transform(new RSqrt(x, y));
            case RECIPROCAL -> transform(new Reciprocal(x, y));
            case SIN -> transform(new Sin(x, y));
            case COS -> transform(new Cos(x, y));
            case ABS -> transform(new Abs(x, y));
            case SIGN -> transform(new Sign(x, y));
            case STEP -> scalar(new Step(x, y, 0));
        };
    }

    Routine slope(Instruction instruction, INDArray x, INDArray y, INDArray slope) {
        UnaryFunction function = UnaryFunction.of(instruction.integer(0));
        return switch (function) {
            case RELU -> scalar(new Step(x, slope, 0));
            case LEAKY_RELU -> leakyReluSlope(x, slope, instruction.real(0));
            case ELU -> eluSlope(x, slope, instruction.real(0), 1);
            case SELU -> eluSlope(x, slope, SELU_ALPHA, SELU_SCALE);
            case HARD_SIGMOID -> hardSigmoidSlope(y, slope);
            case TANH -> () -> slope.assign(y).muli(y).rsubi(1);
            case SIGMOID -> () -> slope.assign(y).rsubi(1).muli(y);
            case SOFTPLUS -> custom("sigmoid", x, slope);
            case SWISH -> gatedSlope(x, slope, 1);
            case GELU -> gatedSlope(x, slope, GELU_STEEPNESS);
            default -> throw new IllegalArgumentException("there is no op for the first derivative of " + function);
        };
    }

    Routine secondDerivative(Instruction instruction, INDArray x, INDArray y, INDArray second) {
        UnaryFunction function = UnaryFunction.of(instruction.integer(0));
        return switch (function) {
            case ELU -> eluSecondDerivative(x, second, instruction.real(0), 1);
            case SELU -> eluSecondDerivative(x, second, SELU_ALPHA, SELU_SCALE);
            case TANH -> () -> second.assign(y).muli(y).subi(1).muli(y).muli(2);
            case SIGMOID ->
                () -> second.assign(y).muli(2).subi(3).muli(y).addi(1).muli(y);
            case SOFTPLUS -> softplusSecondDerivative(x, second);
            case SWISH -> gatedSecondDerivative(x, second, 1);
            case GELU -> gatedSecondDerivative(x, second, GELU_STEEPNESS);
            default -> throw new IllegalArgumentException("there is no op for the second derivative of " + function);
        };
    }

    private static Routine leakyReluSlope(INDArray x, INDArray slope, double alpha) {
        return () -> {
            slope.assign(x).negi();
            Nd4j.getExecutioner().exec(new Step(slope, slope, 0));
            slope.muli(alpha - 1).addi(1);
        };
    }

    private static Routine hardSigmoidSlope(INDArray y, INDArray slope) {
        return () -> {
            // y (1 - y) is positive only where the value is not clipped.
            slope.assign(y).rsubi(1).muli(y);
            Nd4j.getExecutioner().exec(new Step(slope, slope, 0));
            slope.muli(0.2);
        };
    }

    private static Routine eluSlope(INDArray x, INDArray slope, double alpha, double scale) {
        return () -> {
            INDArray right = right(x);
            INDArray left = right.rsub(1);
            decay(x, slope, alpha * scale).muli(left).addi(right.muli(scale));
            left.close();
            right.close();
        };
    }

    private static Routine eluSecondDerivative(INDArray x, INDArray second, double alpha, double scale) {
        return () -> {
            INDArray left = right(x).rsubi(1);
            decay(x, second, alpha * scale).muli(left);
            left.close();
        };
    }

    private static INDArray right(INDArray x) {
        return Nd4j.getExecutioner().exec(new Step(x, x.ulike(), 0));
    }

    /** factor exp(x), clipped so that it does not overflow where it is not used. */
    private static INDArray decay(INDArray x, INDArray into, double factor) {
        Transforms.min(into.assign(x), 0, false);
        return Transforms.exp(into, false).muli(factor);
    }

    private static Routine softplusSecondDerivative(INDArray x, INDArray second) {
        Routine sigmoid = custom("sigmoid", x, second);
        return new Routine() {
            @Override
            public void run() {
                sigmoid.run();
                Transforms.timesOneMinus(second, false);
            }

            @Override
            public void close() {
                sigmoid.close();
            }
        };
    }

    /** The first derivative of x s(k x), s the sigmoid: s (1 + k x (1 - s)). */
    private static Routine gatedSlope(INDArray x, INDArray slope, double k) {
        return () -> {
            gate(x, slope, k);
            INDArray rest = slope.rsub(1).muli(x).muli(k).addi(1);
            slope.muli(rest);
            rest.close();
        };
    }

    /** The second derivative of x s(k x), s the sigmoid: k s (1 - s) (2 + k x (1 - 2 s)). */
    private static Routine gatedSecondDerivative(INDArray x, INDArray second, double k) {
        return () -> {
            gate(x, second, k);
            INDArray factor = second.mul(-2).addi(1).muli(x).muli(k).addi(2);
            Transforms.timesOneMinus(second, false).muli(factor).muli(k);
            factor.close();
        };
    }

    private static void gate(INDArray x, INDArray into, double k) {
        Transforms.sigmoid(into.assign(x).muli(k), false);
    }

    private static Routine custom(String name, INDArray x, INDArray y, double... reals) {
        return new Call(name, new INDArray[] {x}, new INDArray[] {y}, reals, new long[0]);
    }

    private static Routine transform(TransformOp op) {
        return () -> Nd4j.getExecutioner().exec(op);
    }

    private static Routine scalar(ScalarOp op) {
        return () -> Nd4j.getExecutioner().exec(op);
    }
}
