package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * Batch normalization on running statistics: y = gamma z + beta with z = (x - mean) * precision, a channel at a time.
 * Mean, variance (with its epsilon) and precision (one over the variance's root) are constants.
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
        INDArray variance = context.weights(VARIANCE).value();
        INDArray gamma = context.weights(GAMMA).value();
        INDArray beta = context.weights(BETA).value();
        normalize(context, context.input(0), context.weights(MEAN).value(), variance, gamma, beta, context.output());
    }

    @Override
    public void backward(KernelContext context) {
        INDArray delta = Ops.rows(context.outputDelta());
        if (context.weights(GAMMA).trainable()) {
            INDArray product = context.scratch(delta.shape());
            Ops.multiply(context.tape(), delta, normalized(context), product);
            Ops.sumRows(context, product, context.weights(GAMMA).gradient());
        }
        if (context.weights(BETA).trainable()) {
            Ops.sumRows(context, delta, context.weights(BETA).gradient());
        }
        if (context.active(0)) {
            scale(context, context.outputDelta(), context.weights(GAMMA).value(), context.inputDelta(0));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Weights gamma = context.weights(GAMMA);
        INDArray output = context.outputTangent();
        if (!gamma.trainable()) {
            scale(context, context.inputTangent(0), gamma.value(), output);
            return;
        }
        // R y = R gamma z + R beta + gamma R z.
        INDArray betaTangent = context.weights(BETA).tangent();
        INDArray mean = context.weights(MEAN).value();
        normalize(
                context,
                context.input(0),
                mean,
                context.weights(VARIANCE).value(),
                gamma.tangent(),
                betaTangent,
                output);
        if (context.active(0)) {
            INDArray moved = context.scratch(output.shape());
            scale(context, context.inputTangent(0), gamma.value(), moved);
            Ops.add(context.tape(), output, moved, output);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        Weights gamma = context.weights(GAMMA);
        if (gamma.trainable()) {
            gammaGradientTangent(context, gamma);
        }
        if (context.weights(BETA).trainable()) {
            Ops.sumRows(
                    context,
                    Ops.rows(context.outputDeltaTangent()),
                    context.weights(BETA).gradientTangent());
        }
        if (!context.active(0)) {
            return;
        }
        INDArray result = context.inputDeltaTangent(0);
        scale(context, context.outputDeltaTangent(), gamma.value(), result);
        if (gamma.trainable()) {
            INDArray part = context.scratch(result.shape());
            scale(context, context.outputDelta(), gamma.tangent(), part);
            Ops.add(context.tape(), result, part, result);
        }
    }

    /** sum of R dy z + dy R z, with R z = R x * precision taken out of the sum. */
    private static void gammaGradientTangent(KernelContext context, Weights gamma) {
        INDArray deltaTangent = Ops.rows(context.outputDeltaTangent());
        INDArray product = context.scratch(deltaTangent.shape());
        Ops.multiply(context.tape(), deltaTangent, context.keep(NORMALIZED, deltaTangent.shape()), product);
        Ops.sumRows(context, product, gamma.gradientTangent());
        if (context.active(0)) {
            INDArray sum = context.scratch(deltaTangent.size(1));
            Ops.multiply(context.tape(), Ops.rows(context.outputDelta()), Ops.rows(context.inputTangent(0)), product);
            Ops.sumRows(context, product, sum);
            Ops.multiply(context.tape(), sum, context.weights(PRECISION).value(), sum);
            Ops.add(context.tape(), gamma.gradientTangent(), sum, gamma.gradientTangent());
        }
    }

    /** Records output = input * gamma * precision, the derivative of the normalization. */
    private static void scale(KernelContext context, INDArray input, INDArray gamma, INDArray output) {
        INDArray zeros = context.zeros(gamma.shape());
        normalize(context, input, zeros, context.weights(VARIANCE).value(), gamma, zeros, output);
    }

    /** Records the normalization with ND4J's op for it, half the time of a product and a sum. */
    private static void normalize(
            KernelContext context,
            INDArray input,
            INDArray mean,
            INDArray variance,
            INDArray gamma,
            INDArray beta,
            INDArray output) {
        context.tape()
                .op("batchnorm")
                .of(image(input), mean, variance, gamma, beta)
                .reals(0)
                .integers(1, 1, 3)
                .into(image(output));
    }

    /** Any array as one image of one column: ND4J's op is fifteen times slower on matrices. */
    private static INDArray image(INDArray array) {
        long channels = array.size(array.rank() - 1);
        return array.reshape('c', 1, array.length() / channels, 1, channels);
    }

    private static INDArray normalized(KernelContext context) {
        INDArray input = Ops.rows(context.input(0));
        INDArray normalized = context.keep(NORMALIZED, input.shape());
        Ops.subtract(context.tape(), input, context.weights(MEAN).value(), normalized);
        Ops.multiply(context.tape(), normalized, context.weights(PRECISION).value(), normalized);
        return normalized;
    }
}
