package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * Batch normalization on the batch's own statistics (S. Ioffe and C. Szegedy, 2015): y = gamma z + beta with
 * z = (x - mean x) / s, s^2 = mean (x - mean x)^2 + epsilon, channel by channel. With g = gamma * dy,
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
    private static final String PROJECTION = "projection";
    private static final String INPUT_DELTA = "inputDelta";
    private static final String DEVIATION_TANGENT = "deviationTangent";
    private static final String NORMALIZED_TANGENT = "normalizedTangent";

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor x = context.input(0).rows();
        Tensor output = context.output().rows();
        Tensor z = context.keep(NORMALIZED, x.shape());
        Tensor precision = context.keep(PRECISION, x.size(1));
        Tensor mean = context.report(RunningBatchNorm.MEAN, x.size(1));
        Tensor variance = context.report(RunningBatchNorm.VARIANCE, x.size(1));
        mean(context, x, mean);
        tape.subtract(x, mean, z);
        tape.multiply(z, z, output);
        mean(context, output, variance);
        tape.shift(variance, epsilon, precision);
        tape.function(UnaryFunction.RECIPROCAL_SQRT, precision, precision);
        tape.multiply(z, precision, z);
        tape.multiply(z, context.weights(RunningBatchNorm.GAMMA).value(), output);
        tape.addToRows(context.weights(RunningBatchNorm.BETA).value(), output);
    }

    @Override
    public void backward(KernelContext context) {
        Tape tape = context.tape();
        Tensor delta = context.outputDelta().rows();
        Tensor z = context.keep(NORMALIZED, delta.shape());
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        Tensor product = context.scratch(delta.shape());
        Tensor sum = context.scratch(delta.size(1));
        tape.multiply(delta, z, product);
        context.sumRows(product, sum);
        if (gamma.trainable()) {
            tape.copy(sum, gamma.gradient());
        }
        if (context.weights(RunningBatchNorm.BETA).trainable()) {
            context.sumRows(delta, context.weights(RunningBatchNorm.BETA).gradient());
        }
        if (!context.active(0)) {
            return;
        }
        Tensor projection = context.keep(PROJECTION, delta.size(1));
        tape.multiply(sum, gamma.value(), projection);
        divideByCount(context, projection);
        Tensor inputDelta = context.inputDelta(0).rows();
        tape.multiply(delta, gamma.value(), inputDelta);
        centre(context, inputDelta);
        subtractMultiple(context, inputDelta, z, projection);
        tape.multiply(inputDelta, context.keep(PRECISION, delta.size(1)), inputDelta);
        if (context.kind().hasProducts()) {
            tape.copy(inputDelta, context.keep(INPUT_DELTA, delta.shape()));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tape tape = context.tape();
        Tensor tangent = context.outputTangent().rows();
        Tensor z = context.keep(NORMALIZED, tangent.shape());
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        Tensor zTangent = context.keep(NORMALIZED_TANGENT, tangent.shape());
        if (context.active(0)) {
            Tensor xTangent = context.inputTangent(0).rows();
            Tensor deviationTangent = context.keep(DEVIATION_TANGENT, tangent.size(1));
            tape.multiply(z, xTangent, zTangent);
            mean(context, zTangent, deviationTangent);
            tape.copy(xTangent, zTangent);
            centre(context, zTangent);
            subtractMultiple(context, zTangent, z, deviationTangent);
            tape.multiply(zTangent, context.keep(PRECISION, tangent.size(1)), zTangent);
        } else {
            tape.copy(context.zeros(zTangent.shape()), zTangent);
        }
        tape.multiply(zTangent, gamma.value(), tangent);
        if (gamma.trainable()) {
            Tensor product = context.scratch(tangent.shape());
            tape.multiply(z, gamma.tangent(), product);
            tape.add(tangent, product, tangent);
        }
        if (context.weights(RunningBatchNorm.BETA).trainable()) {
            tape.addToRows(context.weights(RunningBatchNorm.BETA).tangent(), tangent);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Tape tape = context.tape();
        Tensor delta = context.outputDelta().rows();
        Tensor deltaTangent = context.outputDeltaTangent().rows();
        Tensor z = context.keep(NORMALIZED, delta.shape());
        Tensor zTangent = context.keep(NORMALIZED_TANGENT, delta.shape());
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        Tensor product = context.scratch(delta.shape());
        if (gamma.trainable()) {
            Tensor sum = context.scratch(delta.shape());
            tape.multiply(deltaTangent, z, product);
            tape.multiply(delta, zTangent, sum);
            tape.add(sum, product, sum);
            context.sumRows(sum, gamma.gradientTangent());
        }
        if (context.weights(RunningBatchNorm.BETA).trainable()) {
            context.sumRows(deltaTangent, context.weights(RunningBatchNorm.BETA).gradientTangent());
        }
        if (context.active(0)) {
            inputDeltaTangent(context, delta, deltaTangent, z, zTangent);
        }
    }

    private static void inputDeltaTangent(
            KernelContext context, Tensor delta, Tensor deltaTangent, Tensor z, Tensor zTangent) {
        Tape tape = context.tape();
        Weights gamma = context.weights(RunningBatchNorm.GAMMA);
        Tensor product = context.scratch(delta.shape());
        Tensor result = context.inputDeltaTangent(0).rows();
        tape.multiply(deltaTangent, gamma.value(), result); // R g
        if (gamma.trainable()) {
            tape.multiply(delta, gamma.tangent(), product);
            tape.add(result, product, result);
        }
        Tensor coefficient = context.scratch(delta.size(1)); // mean(R g z) + mean(g R z)
        Tensor part = context.scratch(delta.size(1));
        tape.multiply(result, z, product);
        mean(context, product, coefficient);
        tape.multiply(delta, zTangent, product);
        mean(context, product, part);
        tape.multiply(part, gamma.value(), part);
        tape.add(coefficient, part, coefficient);
        centre(context, result);
        subtractMultiple(context, result, z, coefficient);
        subtractMultiple(context, result, zTangent, context.keep(PROJECTION, delta.size(1)));
        subtractMultiple(
                context,
                result,
                context.keep(INPUT_DELTA, delta.shape()),
                context.keep(DEVIATION_TANGENT, delta.size(1)));
        tape.multiply(result, context.keep(PRECISION, delta.size(1)), result);
    }

    /** x = x - mean x. */
    private static void centre(KernelContext context, Tensor x) {
        Tensor mean = context.scratch(x.size(1));
        mean(context, x, mean);
        context.tape().subtract(x, mean, x);
    }

    /** x = x - y * factor, with a factor per channel. */
    private static void subtractMultiple(KernelContext context, Tensor x, Tensor y, Tensor factor) {
        Tensor product = context.scratch(x.shape());
        context.tape().multiply(y, factor, product);
        context.tape().subtract(x, product, x);
    }

    private static void mean(KernelContext context, Tensor x, Tensor mean) {
        context.sumRows(x, mean);
        divideByCount(context, mean);
    }

    /** Divides by the number of elements of a channel. */
    private static void divideByCount(KernelContext context, Tensor sum) {
        double share = (double) sum.length() / context.output().length();
        context.tape().scale(share, sum, sum);
    }
}
