package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/**
 * Scales the channels of each row to mean 0 and variance 1, as in layer normalization (J. L. Ba et al., 2016): z = (x -
 * mean x) / s with s^2 = mean (x - mean x)^2, and z = 0 where s = 0, as in ND4J. With t = d - mean d - z mean(d z):
 *
 * <ul>
 *   <li>dx = t / s
 *   <li>R s = mean(z R x), R z = (R x - mean R x - z R s) / s
 *   <li>R dx = (R t - dx R s) / s, with R t = R d - mean R d - R z mean(d z) - z (mean(R d z) + mean(d R z))
 * </ul>
 */
public final class Standardization implements Kernel {

    private static final String PRECISION = "precision";
    private static final String PROJECTION = "projection";
    private static final String INPUT_DELTA = "inputDelta";
    private static final String DEVIATION_TANGENT = "deviationTangent";

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor z = context.output().rows();
        Tensor precision = context.keep(PRECISION, z.size(0), 1);
        Tensor square = context.scratch(z.shape());
        tape.copy(context.input(0).rows(), z);
        centre(context, z);
        tape.multiply(z, z, square);
        mean(tape, square, precision);
        invertedDeviation(context, precision);
        tape.multiply(z, precision, z);
    }

    /** 1 / sqrt(v), and 0 for v = 0: a masked row is all zeros and stays so. */
    private static void invertedDeviation(KernelContext context, Tensor variance) {
        Tape tape = context.tape();
        Tensor positive = context.scratch(variance.shape());
        Tensor zero = context.scratch(variance.shape());
        tape.function(UnaryFunction.STEP, variance, positive);
        tape.scale(-1, positive, zero);
        tape.shift(zero, 1, zero);
        tape.add(variance, zero, variance);
        tape.function(UnaryFunction.RECIPROCAL_SQRT, variance, variance);
        tape.multiply(variance, positive, variance);
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        Tensor delta = context.outputDelta().rows();
        Tensor z = context.output().rows();
        Tensor projection = context.keep(PROJECTION, z.size(0), 1);
        meanOfProduct(context, delta, z, projection);
        Tensor result = context.inputDelta(0).rows();
        tape.copy(delta, result);
        centre(context, result);
        subtractMultiple(context, result, z, projection);
        tape.multiply(result, context.keep(PRECISION, z.size(0), 1), result);
        if (context.kind().hasProducts()) {
            tape.copy(result, context.keep(INPUT_DELTA, z.shape()));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Tensor z = context.output().rows();
        Tensor xTangent = context.inputTangent(0).rows();
        Tensor zTangent = context.outputTangent().rows();
        Tensor deviationTangent = context.keep(DEVIATION_TANGENT, z.size(0), 1);
        meanOfProduct(context, z, xTangent, deviationTangent);
        tape.copy(xTangent, zTangent);
        centre(context, zTangent);
        subtractMultiple(context, zTangent, z, deviationTangent);
        tape.multiply(zTangent, context.keep(PRECISION, z.size(0), 1), zTangent);
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor z = context.output().rows();
        Tensor zTangent = context.outputTangent().rows();
        Tensor delta = context.outputDelta().rows();
        Tensor deltaTangent = context.outputDeltaTangent().rows();
        Tensor coefficient = context.scratch(z.size(0), 1);
        Tensor part = context.scratch(z.size(0), 1);
        meanOfProduct(context, deltaTangent, z, coefficient);
        meanOfProduct(context, delta, zTangent, part);
        tape.add(coefficient, part, coefficient);
        Tensor result = context.inputDeltaTangent(0).rows();
        tape.copy(deltaTangent, result);
        centre(context, result);
        subtractMultiple(context, result, zTangent, context.keep(PROJECTION, z.size(0), 1));
        subtractMultiple(context, result, z, coefficient);
        subtractMultiple(
                context, result, context.keep(INPUT_DELTA, z.shape()), context.keep(DEVIATION_TANGENT, z.size(0), 1));
        tape.multiply(result, context.keep(PRECISION, z.size(0), 1), result);
    }

    /** x = x - mean x. */
    private static void centre(KernelContext context, Tensor x) {
        Tensor mean = context.scratch(x.size(0), 1);
        mean(context.tape(), x, mean);
        context.tape().subtract(x, mean, x);
    }

    private static void meanOfProduct(KernelContext context, Tensor x, Tensor y, Tensor mean) {
        Tensor product = context.scratch(x.shape());
        context.tape().multiply(x, y, product);
        mean(context.tape(), product, mean);
    }

    /** x = x - y * factor, with a factor per row. */
    private static void subtractMultiple(KernelContext context, Tensor x, Tensor y, Tensor factor) {
        Tensor product = context.scratch(x.shape());
        context.tape().multiply(y, factor, product);
        context.tape().subtract(x, product, x);
    }

    /** The mean of each row, as a column. */
    private static void mean(Tape tape, Tensor x, Tensor mean) {
        Tensor vector = mean.reshape(mean.length());
        tape.sum(x, vector, 1);
        tape.scale(1.0 / x.size(1), vector, vector);
    }
}
