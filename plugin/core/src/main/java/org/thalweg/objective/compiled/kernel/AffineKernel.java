package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A kernel that is linear in its weights {@value #WEIGHT}, linear in its input, and adds a bias {@value #BIAS} a
 * channel. Its derivatives are the map itself and the map transposed, with values or tangents in the places of weights,
 * input and gradient.
 */
public interface AffineKernel extends Kernel {

    String WEIGHT = "W";
    String BIAS = "b";

    /**
     * Records the map.
     *
     * @param weight row-major, output channels on its last axis
     * @param bias {@code [channels]}, null for none
     */
    void apply(Site site, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output);

    /** Records the map without a bias, added to what is in the output. */
    default void addApplied(Site site, INDArray input, INDArray weight, INDArray output) {
        INDArray part = site.scratch(output.shape());
        apply(site, input, weight, null, part);
        Ops.add(site.tape(), output, part, output);
    }

    /** Records the gradients of a pairing. */
    void transposed(Site site, Pairing pairing, Gradients gradients);

    @Override
    default void forward(Site site) {
        forward(site, Coefficients.of(site));
    }

    @Override
    default void backward(Site site) {
        backward(site, Coefficients.of(site));
    }

    @Override
    default void tangentForward(Site site) {
        tangentForward(site, Coefficients.of(site));
    }

    @Override
    default void tangentBackward(Site site) {
        tangentBackward(site, Coefficients.of(site));
    }

    /** {@link #forward} with other coefficients than the step's own; so the following ones. */
    default void forward(Site site, Coefficients coefficients) {
        Weights bias = coefficients.bias();
        apply(site, site.input(0), coefficients.weight().value(), bias == null ? null : bias.value(), site.output());
    }

    default void backward(Site site, Coefficients coefficients) {
        Weights weight = coefficients.weight();
        Gradients gradients = new Gradients(
                site.active(0) ? site.inputDelta(0) : null,
                weight.trainable() ? weight.gradient() : null,
                coefficients.biasTrainable() ? coefficients.trainableBias().gradient() : null,
                false);
        transposed(site, Pairing.atParameters(site, weight), gradients);
    }

    default void tangentForward(Site site, Coefficients coefficients) {
        Weights weight = coefficients.weight();
        INDArray bias =
                coefficients.biasTrainable() ? coefficients.trainableBias().tangent() : null;
        INDArray output = site.outputTangent();
        if (!weight.trainable()) {
            apply(site, site.inputTangent(0), weight.value(), bias, output);
            return;
        }
        apply(site, site.input(0), weight.tangent(), bias, output);
        if (site.active(0)) {
            addApplied(site, site.inputTangent(0), weight.value(), output);
        }
    }

    default void tangentBackward(Site site, Coefficients coefficients) {
        Weights weight = coefficients.weight();
        INDArray input = site.active(0) ? site.inputDeltaTangent(0) : null;
        INDArray gradient = weight.trainable() ? weight.gradientTangent() : null;
        INDArray bias =
                coefficients.biasTrainable() ? coefficients.trainableBias().gradientTangent() : null;
        transposed(site, Pairing.ofDeltaTangent(site, weight), new Gradients(input, gradient, bias, false));
        if (weight.trainable() && site.active(0)) {
            transposed(site, Pairing.ofInputTangent(site, weight), new Gradients(input, gradient, null, true));
        }
    }
}
