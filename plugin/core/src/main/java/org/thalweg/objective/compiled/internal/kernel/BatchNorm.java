package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * Batch normalization on the batch's own statistics (S. Ioffe and C. Szegedy, 2015): y = gamma z + beta with
 * z = (x - mean x) / s, s^2 = mean (x - mean x)^2 + epsilon, a channel at a time. With g = gamma * dy,
 *
 * <ul>
 *   <li>dx = u / s, with u = g - mean g - z mean(g z)
 *   <li>R s = mean(z R x), R z = (R x - mean R x - z R s) / s
 *   <li>R dx = (R u - dx R s) / s, with R u = R g - mean R g - R z mean(g z) - z (mean(R g z) + mean(g R z))
 * </ul>
 *
 * @param epsilon added to the variance
 */
public record BatchNorm(double epsilon) implements Kernel {

    private static final String NORMALIZED = "normalized";
    private static final String PRECISION = "precision";
    private static final String EPSILON = "epsilon";
    private static final String SHARE = "share";
    private static final String PROJECTION = "projection";
    private static final String INPUT_DELTA = "inputDelta";
    private static final String DEVIATION_TANGENT = "deviationTangent";
    private static final String NORMALIZED_TANGENT = "normalizedTangent";

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        INDArray x = Ops.rows(context.input(0));
        INDArray output = Ops.rows(context.output());
        INDArray z = context.keep(NORMALIZED, x.shape());
        INDArray precision = context.keep(PRECISION, x.size(1));
        INDArray mean = context.scratch(x.size(1));
        mean(context, x, mean);
        Ops.subtract(tape, x, mean, z);
        Ops.multiply(tape, z, z, output);
        mean(context, output, precision);
        Ops.add(tape, precision, constant(context, EPSILON, epsilon), precision);
        RSqrt inverseRoot = new RSqrt(precision, precision);
        tape.add(() -> Nd4j.getExecutioner().exec(inverseRoot));
        Ops.multiply(tape, z, precision, z);
        Ops.multiply(tape, z, context.weights(RunningBatchNorm.GAMMA).value(), output);
        Ops.addToRows(tape, output, context.weights(RunningBatchNorm.BETA).value());
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        INDArray delta = Ops.rows(context.outputDelta());
        INDArray z = context.keep(NORMALIZED, delta.shape());
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        INDArray product = context.scratch(delta.shape());
        INDArray sum = context.scratch(delta.size(1));
        Ops.multiply(tape, delta, z, product);
        Ops.sumRows(context, product, sum);
        if (gamma.trainable()) {
            Ops.copy(tape, sum, gamma.gradient());
        }
        if (context.weights(RunningBatchNorm.BETA).trainable()) {
            Ops.sumRows(context, delta, context.weights(RunningBatchNorm.BETA).gradient());
        }
        if (!context.active(0)) {
            return;
        }
        INDArray projection = context.keep(PROJECTION, delta.size(1));
        Ops.multiply(tape, sum, gamma.value(), projection);
        divideByCount(context, projection);
        INDArray inputDelta = Ops.rows(context.inputDelta(0));
        Ops.multiply(tape, delta, gamma.value(), inputDelta);
        centre(context, inputDelta);
        subtractMultiple(context, inputDelta, z, projection);
        Ops.multiply(tape, inputDelta, context.keep(PRECISION, delta.size(1)), inputDelta);
        if (context.purpose().hasProducts()) {
            Ops.copy(tape, inputDelta, context.keep(INPUT_DELTA, delta.shape()));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        INDArray tangent = Ops.rows(context.outputTangent());
        INDArray z = context.keep(NORMALIZED, tangent.shape());
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        INDArray zTangent = context.keep(NORMALIZED_TANGENT, tangent.shape());
        if (context.active(0)) {
            INDArray xTangent = Ops.rows(context.inputTangent(0));
            INDArray deviationTangent = context.keep(DEVIATION_TANGENT, tangent.size(1));
            Ops.multiply(tape, z, xTangent, zTangent);
            mean(context, zTangent, deviationTangent);
            Ops.copy(tape, xTangent, zTangent);
            centre(context, zTangent);
            subtractMultiple(context, zTangent, z, deviationTangent);
            Ops.multiply(tape, zTangent, context.keep(PRECISION, tangent.size(1)), zTangent);
        } else {
            Ops.copy(tape, context.zeros(zTangent.shape()), zTangent);
        }
        Ops.multiply(tape, zTangent, gamma.value(), tangent);
        if (gamma.trainable()) {
            INDArray product = context.scratch(tangent.shape());
            Ops.multiply(tape, z, gamma.tangent(), product);
            Ops.add(tape, tangent, product, tangent);
        }
        if (context.weights(RunningBatchNorm.BETA).trainable()) {
            Ops.addToRows(tape, tangent, context.weights(RunningBatchNorm.BETA).tangent());
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        INDArray delta = Ops.rows(context.outputDelta());
        INDArray deltaTangent = Ops.rows(context.outputDeltaTangent());
        INDArray z = context.keep(NORMALIZED, delta.shape());
        INDArray zTangent = context.keep(NORMALIZED_TANGENT, delta.shape());
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        INDArray product = context.scratch(delta.shape());
        if (gamma.trainable()) {
            INDArray sum = context.scratch(delta.shape());
            Ops.multiply(tape, deltaTangent, z, product);
            Ops.multiply(tape, delta, zTangent, sum);
            Ops.add(tape, sum, product, sum);
            Ops.sumRows(context, sum, gamma.gradientTangent());
        }
        if (context.weights(RunningBatchNorm.BETA).trainable()) {
            Ops.sumRows(
                    context,
                    deltaTangent,
                    context.weights(RunningBatchNorm.BETA).gradientTangent());
        }
        if (context.active(0)) {
            inputDeltaTangent(context, delta, deltaTangent, z, zTangent);
        }
    }

    private static void inputDeltaTangent(
            KernelContext context, INDArray delta, INDArray deltaTangent, INDArray z, INDArray zTangent) {
        Tape tape = context.tape();
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        INDArray product = context.scratch(delta.shape());
        INDArray result = Ops.rows(context.inputDeltaTangent(0));
        Ops.multiply(tape, deltaTangent, gamma.value(), result); // R g
        if (gamma.trainable()) {
            Ops.multiply(tape, delta, gamma.tangent(), product);
            Ops.add(tape, result, product, result);
        }
        INDArray coefficient = context.scratch(delta.size(1)); // mean(R g z) + mean(g R z)
        INDArray part = context.scratch(delta.size(1));
        Ops.multiply(tape, result, z, product);
        mean(context, product, coefficient);
        Ops.multiply(tape, delta, zTangent, product);
        mean(context, product, part);
        Ops.multiply(tape, part, gamma.value(), part);
        Ops.add(tape, coefficient, part, coefficient);
        centre(context, result);
        subtractMultiple(context, result, z, coefficient);
        subtractMultiple(context, result, zTangent, context.keep(PROJECTION, delta.size(1)));
        subtractMultiple(
                context,
                result,
                context.keep(INPUT_DELTA, delta.shape()),
                context.keep(DEVIATION_TANGENT, delta.size(1)));
        Ops.multiply(tape, result, context.keep(PRECISION, delta.size(1)), result);
    }

    /** x = x - mean x. */
    private static void centre(KernelContext context, INDArray x) {
        INDArray mean = context.scratch(x.size(1));
        mean(context, x, mean);
        Ops.subtract(context.tape(), x, mean, x);
    }

    /** x = x - y * factor, with a factor a channel. */
    private static void subtractMultiple(KernelContext context, INDArray x, INDArray y, INDArray factor) {
        INDArray product = context.scratch(x.shape());
        Ops.multiply(context.tape(), y, factor, product);
        Ops.subtract(context.tape(), x, product, x);
    }

    private static void mean(KernelContext context, INDArray x, INDArray mean) {
        Ops.sumRows(context, x, mean);
        divideByCount(context, mean);
    }

    /** Divides by the number of elements of a channel. */
    private static void divideByCount(KernelContext context, INDArray sum) {
        double share = (double) sum.length() / context.output().length();
        Ops.multiply(context.tape(), sum, constant(context, SHARE, share), sum);
    }

    /** A number as an array: ND4J's methods for numbers make one at each call. */
    private static INDArray constant(KernelContext context, String name, double value) {
        return context.permanent(
                name, () -> Nd4j.createFromArray(value).castTo(context.output().dataType()));
    }
}
