package org.thalweg.objective.compiled.spi;

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
    void apply(KernelContext context, INDArray input, INDArray weight, @Nullable INDArray bias, INDArray output);

    /** Records the map without a bias, added to what is in the output. */
    default void addApplied(KernelContext context, INDArray input, INDArray weight, INDArray output) {
        INDArray part = context.scratch(output.shape());
        apply(context, input, weight, null, part);
        Ops.add(context.tape(), output, part, output);
    }

    /** Records the gradients of a pairing. */
    void transposed(KernelContext context, AdjointInputs pairing, AdjointOutputs gradients);

    @Override
    default void forward(KernelContext context) {
        forward(context, AffineWeights.of(context));
    }

    @Override
    default void backward(KernelContext context) {
        backward(context, AffineWeights.of(context));
    }

    @Override
    default void tangentForward(KernelContext context) {
        tangentForward(context, AffineWeights.of(context));
    }

    @Override
    default void tangentBackward(KernelContext context) {
        tangentBackward(context, AffineWeights.of(context));
    }

    /** {@link #forward} with other coefficients than the step's own; so the following ones. */
    default void forward(KernelContext context, AffineWeights coefficients) {
        Weights bias = coefficients.bias();
        apply(
                context,
                context.input(0),
                coefficients.weight().value(),
                bias == null ? null : bias.value(),
                context.output());
    }

    default void backward(KernelContext context, AffineWeights coefficients) {
        Weights weight = coefficients.weight();
        AdjointOutputs gradients = new AdjointOutputs(
                context.active(0) ? context.inputDelta(0) : null,
                weight.trainable() ? weight.gradient() : null,
                coefficients.biasTrainable() ? coefficients.trainableBias().gradient() : null,
                false);
        transposed(context, AdjointInputs.atParameters(context, weight), gradients);
    }

    default void tangentForward(KernelContext context, AffineWeights coefficients) {
        Weights weight = coefficients.weight();
        INDArray bias =
                coefficients.biasTrainable() ? coefficients.trainableBias().tangent() : null;
        INDArray output = context.outputTangent();
        if (!weight.trainable()) {
            apply(context, context.inputTangent(0), weight.value(), bias, output);
            return;
        }
        apply(context, context.input(0), weight.tangent(), bias, output);
        if (context.active(0)) {
            addApplied(context, context.inputTangent(0), weight.value(), output);
        }
    }

    default void tangentBackward(KernelContext context, AffineWeights coefficients) {
        Weights weight = coefficients.weight();
        INDArray input = context.active(0) ? context.inputDeltaTangent(0) : null;
        INDArray gradient = weight.trainable() ? weight.gradientTangent() : null;
        INDArray bias =
                coefficients.biasTrainable() ? coefficients.trainableBias().gradientTangent() : null;
        transposed(
                context,
                AdjointInputs.ofDeltaTangent(context, weight),
                new AdjointOutputs(input, gradient, bias, false));
        if (weight.trainable() && context.active(0)) {
            transposed(
                    context,
                    AdjointInputs.ofInputTangent(context, weight),
                    new AdjointOutputs(input, gradient, null, true));
        }
    }
}
