package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization on running statistics: y = gamma z + beta with z = (x - mean) * precision, a channel at a time.
 * Mean, variance (with its epsilon) and precision (one over the variance's root) are constants.
 */
public final class RunningNorm implements Kernel {

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
    public void forward(Site site) {
        INDArray variance = site.weights(VARIANCE).value();
        INDArray gamma = site.weights(GAMMA).value();
        INDArray beta = site.weights(BETA).value();
        normalize(site, site.input(0), site.weights(MEAN).value(), variance, gamma, beta, site.output());
    }

    @Override
    public void backward(Site site) {
        INDArray delta = Ops.rows(site.outputDelta());
        if (site.weights(GAMMA).trainable()) {
            INDArray product = site.scratch(delta.shape());
            Ops.multiply(site.tape(), delta, normalized(site), product);
            Ops.sumRows(site, product, site.weights(GAMMA).gradient());
        }
        if (site.weights(BETA).trainable()) {
            Ops.sumRows(site, delta, site.weights(BETA).gradient());
        }
        if (site.active(0)) {
            scale(site, site.outputDelta(), site.weights(GAMMA).value(), site.inputDelta(0));
        }
    }

    @Override
    public void tangentForward(Site site) {
        Weights gamma = site.weights(GAMMA);
        INDArray output = site.outputTangent();
        if (!gamma.trainable()) {
            scale(site, site.inputTangent(0), gamma.value(), output);
            return;
        }
        // R y = R gamma z + R beta + gamma R z.
        INDArray betaTangent = site.weights(BETA).tangent();
        INDArray mean = site.weights(MEAN).value();
        normalize(site, site.input(0), mean, site.weights(VARIANCE).value(), gamma.tangent(), betaTangent, output);
        if (site.active(0)) {
            INDArray moved = site.scratch(output.shape());
            scale(site, site.inputTangent(0), gamma.value(), moved);
            Ops.add(site.tape(), output, moved, output);
        }
    }

    @Override
    public void tangentBackward(Site site) {
        Weights gamma = site.weights(GAMMA);
        if (gamma.trainable()) {
            gammaGradientTangent(site, gamma);
        }
        if (site.weights(BETA).trainable()) {
            Ops.sumRows(
                    site,
                    Ops.rows(site.outputDeltaTangent()),
                    site.weights(BETA).gradientTangent());
        }
        if (!site.active(0)) {
            return;
        }
        INDArray result = site.inputDeltaTangent(0);
        scale(site, site.outputDeltaTangent(), gamma.value(), result);
        if (gamma.trainable()) {
            INDArray part = site.scratch(result.shape());
            scale(site, site.outputDelta(), gamma.tangent(), part);
            Ops.add(site.tape(), result, part, result);
        }
    }

    /** sum of R dy z + dy R z, with R z = R x * precision taken out of the sum. */
    private static void gammaGradientTangent(Site site, Weights gamma) {
        INDArray deltaTangent = Ops.rows(site.outputDeltaTangent());
        INDArray product = site.scratch(deltaTangent.shape());
        Ops.multiply(site.tape(), deltaTangent, site.keep(NORMALIZED, deltaTangent.shape()), product);
        Ops.sumRows(site, product, gamma.gradientTangent());
        if (site.active(0)) {
            INDArray sum = site.scratch(deltaTangent.size(1));
            Ops.multiply(site.tape(), Ops.rows(site.outputDelta()), Ops.rows(site.inputTangent(0)), product);
            Ops.sumRows(site, product, sum);
            Ops.multiply(site.tape(), sum, site.weights(PRECISION).value(), sum);
            Ops.add(site.tape(), gamma.gradientTangent(), sum, gamma.gradientTangent());
        }
    }

    /** Records output = input * gamma * precision, the derivative of the normalization. */
    private static void scale(Site site, INDArray input, INDArray gamma, INDArray output) {
        INDArray zeros = site.zeros(gamma.shape());
        normalize(site, input, zeros, site.weights(VARIANCE).value(), gamma, zeros, output);
    }

    /** Records the normalization with ND4J's op for it, half the time of a product and a sum. */
    private static void normalize(
            Site site,
            INDArray input,
            INDArray mean,
            INDArray variance,
            INDArray gamma,
            INDArray beta,
            INDArray output) {
        site.tape()
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

    private static INDArray normalized(Site site) {
        INDArray input = Ops.rows(site.input(0));
        INDArray normalized = site.keep(NORMALIZED, input.shape());
        Ops.subtract(site.tape(), input, site.weights(MEAN).value(), normalized);
        Ops.multiply(site.tape(), normalized, site.weights(PRECISION).value(), normalized);
        return normalized;
    }
}
