package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * Batch normalization on running statistics: y = gamma z + beta with z = (x - mean) * precision, channel by channel.
 * Mean, variance (including epsilon) and precision (one over the variance's root) are constants.
 */
public final class RunningBatchNorm implements Kernel {

    public static final String GAMMA = "gamma";
    public static final String BETA = "beta";
    public static final String MEAN = "mean";
    public static final String VARIANCE = "variance";
    public static final String PRECISION = "precision";

    private static final String NORMALIZED = "normalized";

    @Override
    public boolean overwritesInput() {
        return true;
    }

    @Override
    public void forward(KernelContext context) {
        Tensor variance = context.weights(VARIANCE).value();
        Tensor gamma = context.weights(GAMMA).value();
        Tensor beta = context.weights(BETA).value();
        normalize(context, context.input(0), context.weights(MEAN).value(), variance, gamma, beta, context.output());
    }

    @Override
    public void backward(KernelContext context) {
        Tensor delta = context.outputDelta().rows();
        if (context.weights(GAMMA).trainable()) {
            Tensor product = context.scratch(delta.shape());
            context.tape().multiply(delta, normalized(context), product);
            context.sumRows(product, context.weights(GAMMA).gradient());
        }
        if (context.weights(BETA).trainable()) {
            context.sumRows(delta, context.weights(BETA).gradient());
        }
        if (context.active(0)) {
            scale(context, context.outputDelta(), context.weights(GAMMA).value(), context.inputDelta(0));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Weights gamma = context.weights(GAMMA);
        Tensor output = context.outputTangent();
        if (!gamma.trainable()) {
            scale(context, context.inputTangent(0), gamma.value(), output);
            return;
        }
        // R y = R gamma z + R beta + gamma R z.
        Tensor betaTangent = context.weights(BETA).tangent();
        Tensor mean = context.weights(MEAN).value();
        normalize(
                context,
                context.input(0),
                mean,
                context.weights(VARIANCE).value(),
                gamma.tangent(),
                betaTangent,
                output);
        if (context.active(0)) {
            Tensor moved = context.scratch(output.shape());
            scale(context, context.inputTangent(0), gamma.value(), moved);
            context.tape().add(output, moved, output);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Weights gamma = context.weights(GAMMA);
        if (gamma.trainable()) {
            gammaGradientTangent(context, gamma);
        }
        if (context.weights(BETA).trainable()) {
            context.sumRows(
                    context.outputDeltaTangent().rows(), context.weights(BETA).gradientTangent());
        }
        if (!context.active(0)) {
            return;
        }
        Tensor result = context.inputDeltaTangent(0);
        scale(context, context.outputDeltaTangent(), gamma.value(), result);
        if (gamma.trainable()) {
            Tensor part = context.scratch(result.shape());
            scale(context, context.outputDelta(), gamma.tangent(), part);
            context.tape().add(result, part, result);
        }
    }

    /** The sum of R dy z + dy R z, with the precision in R z = R x * precision moved out of the sum. */
    private static void gammaGradientTangent(KernelContext context, Weights gamma) {
        Tensor deltaTangent = context.outputDeltaTangent().rows();
        Tensor product = context.scratch(deltaTangent.shape());
        context.tape().multiply(deltaTangent, context.keep(NORMALIZED, deltaTangent.shape()), product);
        Tensor gradient = gamma.gradientTangent();
        context.sumRows(product, gradient);
        if (context.active(0)) {
            Tensor sum = context.scratch(deltaTangent.size(1));
            context.tape()
                    .multiply(
                            context.outputDelta().rows(),
                            context.inputTangent(0).rows(),
                            product);
            context.sumRows(product, sum);
            context.tape().multiply(sum, context.weights(PRECISION).value(), sum);
            context.tape().add(gradient, sum, gradient);
        }
    }

    /** Records output = input * gamma * precision, the derivative of the normalization. */
    private static void scale(KernelContext context, Tensor input, Tensor gamma, Tensor output) {
        Tensor zeros = context.zeros(gamma.shape());
        normalize(context, input, zeros, context.weights(VARIANCE).value(), gamma, zeros, output);
    }

    /** Records the normalization as one op, which takes half the time of a product and a sum. */
    private static void normalize(
            KernelContext context,
            Tensor input,
            Tensor mean,
            Tensor variance,
            Tensor gamma,
            Tensor beta,
            Tensor output) {
        context.tape().normalize(input, mean, variance, gamma, beta, output);
    }

    private static Tensor normalized(KernelContext context) {
        Tensor input = context.input(0).rows();
        Tensor normalized = context.keep(NORMALIZED, input.shape());
        context.tape().subtract(input, context.weights(MEAN).value(), normalized);
        context.tape().multiply(normalized, context.weights(PRECISION).value(), normalized);
        return normalized;
    }
}
