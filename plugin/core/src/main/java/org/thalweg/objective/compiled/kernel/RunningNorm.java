package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

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
        site.tape()
                .op("batchnorm")
                .of(
                        image(site.input(0)),
                        site.weights(MEAN).value(),
                        site.weights(VARIANCE).value(),
                        site.weights(GAMMA).value(),
                        site.weights(BETA).value())
                .reals(0)
                .integers(1, 1, 3)
                .into(image(site.output()));
    }

    /** Any array as one image of one column: ND4J's op is fifteen times slower on matrices. */
    private static INDArray image(INDArray array) {
        long channels = array.size(array.rank() - 1);
        return array.reshape('c', 1, array.length() / channels, 1, channels);
    }

    @Override
    public void backward(Site site) {
        Tape tape = site.tape();
        INDArray delta = Ops.rows(site.outputDelta());
        if (site.weights(GAMMA).trainable()) {
            INDArray product = site.scratch(delta.shape());
            Ops.multiply(tape, delta, normalized(site), product);
            Ops.sumRows(site, product, site.weights(GAMMA).gradient());
        }
        if (site.weights(BETA).trainable()) {
            Ops.sumRows(site, delta, site.weights(BETA).gradient());
        }
        if (site.active(0)) {
            Ops.multiply(tape, delta, scale(site), Ops.rows(site.inputDelta(0)));
        }
    }

    @Override
    public void tangentForward(Site site) {
        Tape tape = site.tape();
        INDArray tangent = Ops.rows(site.outputTangent());
        Weights gamma = site.weights(GAMMA);
        Ops.multiply(tape, Ops.rows(site.inputTangent(0)), scale(site), tangent);
        if (gamma.trainable()) {
            INDArray product = site.scratch(tangent.shape());
            Ops.multiply(tape, site.keep(NORMALIZED, tangent.shape()), gamma.tangent(), product);
            Ops.add(tape, tangent, product, tangent);
        }
        if (site.weights(BETA).trainable()) {
            Ops.addToRows(tape, tangent, site.weights(BETA).tangent());
        }
    }

    @Override
    public void tangentBackward(Site site) {
        Tape tape = site.tape();
        INDArray delta = Ops.rows(site.outputDelta());
        INDArray deltaTangent = Ops.rows(site.outputDeltaTangent());
        INDArray precision = site.weights(PRECISION).value();
        Weights gamma = site.weights(GAMMA);
        if (gamma.trainable()) {
            INDArray sum = site.scratch(delta.shape());
            INDArray part = site.scratch(delta.shape());
            Ops.multiply(tape, Ops.rows(site.inputTangent(0)), precision, part);
            Ops.multiply(tape, part, delta, part);
            Ops.multiply(tape, deltaTangent, site.keep(NORMALIZED, delta.shape()), sum);
            Ops.add(tape, sum, part, sum);
            Ops.sumRows(site, sum, gamma.gradientTangent());
        }
        if (site.weights(BETA).trainable()) {
            Ops.sumRows(site, deltaTangent, site.weights(BETA).gradientTangent());
        }
        if (!site.active(0)) {
            return;
        }
        INDArray inputDeltaTangent = Ops.rows(site.inputDeltaTangent(0));
        Ops.multiply(tape, deltaTangent, scale(site), inputDeltaTangent);
        if (gamma.trainable()) {
            INDArray scaleTangent = site.scratch(precision.shape());
            INDArray product = site.scratch(delta.shape());
            Ops.multiply(tape, gamma.tangent(), precision, scaleTangent);
            Ops.multiply(tape, delta, scaleTangent, product);
            Ops.add(tape, inputDeltaTangent, product, inputDeltaTangent);
        }
    }

    /** gamma * precision. */
    private static INDArray scale(Site site) {
        INDArray precision = site.weights(PRECISION).value();
        INDArray scale = site.scratch(precision.shape());
        Ops.multiply(site.tape(), site.weights(GAMMA).value(), precision, scale);
        return scale;
    }

    private static INDArray normalized(Site site) {
        INDArray input = Ops.rows(site.input(0));
        INDArray normalized = site.keep(NORMALIZED, input.shape());
        Ops.subtract(site.tape(), input, site.weights(MEAN).value(), normalized);
        Ops.multiply(site.tape(), normalized, site.weights(PRECISION).value(), normalized);
        return normalized;
    }
}
