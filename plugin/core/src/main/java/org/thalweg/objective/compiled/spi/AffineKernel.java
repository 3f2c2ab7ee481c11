package org.thalweg.objective.compiled.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that is linear in its weights {@value #WEIGHT}, linear in its input, and adds a bias {@value #BIAS} per
 * channel. Its derivatives are the map itself and its adjoint, applied to values or tangents of weights, input and
 * gradient.
 *
 * @since 0.2.0
 */
public interface AffineKernel extends Kernel {

    String WEIGHT = "W";
    String BIAS = "b";

    /** The operands of a step with such a kernel; a bias only if there is one. */
    static Map<String, Operand> operands(Operand weight, @Nullable Operand bias) {
        return bias == null ? Map.of(WEIGHT, weight) : Map.of(WEIGHT, weight, BIAS, bias);
    }

    /**
     * Records the map.
     *
     * @param weight output channels on its last axis
     * @param bias {@code [channels]}, null for none
     */
    void apply(KernelContext context, Tensor input, Tensor weight, @Nullable Tensor bias, Tensor output);

    /** Records the map without a bias, added to the output. */
    default void addApplied(KernelContext context, Tensor input, Tensor weight, Tensor output) {
        Tensor part = context.scratch(output.shape());
        apply(context, input, weight, null, part);
        context.tape().add(output, part, output);
    }

    /** Records the gradients. */
    void adjoint(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs);

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

    /**
     * Like {@link #forward(KernelContext)}, with given weights instead of the step's own; the same holds for the next
     * methods.
     */
    default void forward(KernelContext context, AffineWeights weights) {
        Weights bias = weights.bias();
        apply(
                context,
                context.input(0),
                weights.weight().value(),
                bias == null ? null : bias.value(),
                context.output());
    }

    default void backward(KernelContext context, AffineWeights weights) {
        Weights weight = weights.weight();
        AdjointOutputs outputs = new AdjointOutputs(
                context.active(0) ? new GradientTarget(context.inputDelta(0), false) : null,
                weight.trainable() ? weight.gradientTarget() : null,
                weights.biasTrainable() ? weights.trainableBias().gradientTarget() : null);
        adjoint(context, AdjointInputs.atParameters(context, weight), outputs);
    }

    default void tangentForward(KernelContext context, AffineWeights weights) {
        Weights weight = weights.weight();
        Tensor bias = weights.biasTrainable() ? weights.trainableBias().tangent() : null;
        Tensor output = context.outputTangent();
        if (!weight.trainable()) {
            apply(context, context.inputTangent(0), weight.value(), bias, output);
            return;
        }
        apply(context, context.input(0), weight.tangent(), bias, output);
        if (context.active(0)) {
            addApplied(context, context.inputTangent(0), weight.value(), output);
        }
    }

    default void tangentBackward(KernelContext context, AffineWeights weights) {
        Weights weight = weights.weight();
        AdjointOutputs outputs = new AdjointOutputs(
                context.active(0) ? new GradientTarget(context.inputDeltaTangent(0), false) : null,
                weight.trainable() ? weight.gradientTangentTarget() : null,
                weights.biasTrainable() ? weights.trainableBias().gradientTangentTarget() : null);
        adjoint(context, AdjointInputs.ofDeltaTangent(context, weight), outputs);
        if (weight.trainable() && context.active(0)) {
            adjoint(context, AdjointInputs.ofInputTangent(context, weight), outputs.addingWithoutBias());
        }
    }
}
