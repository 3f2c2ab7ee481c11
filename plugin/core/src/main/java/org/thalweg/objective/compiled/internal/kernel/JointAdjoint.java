package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Both gradients by one op, which supports every window.
 *
 * @param window without dilation
 */
record JointAdjoint(Window window) implements ConvolutionAdjoint {

    @Override
    public void record(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        GradientTarget input = outputs.input();
        GradientTarget weight = outputs.weight();
        if (input == null && weight == null) {
            return;
        }
        Tape tape = context.tape();
        Tensor inputPart = part(context, input, inputs.input());
        Tensor weightPart = part(context, weight, inputs.weight());
        tape.convolutionAdjoint(
                inputs.input(),
                inputs.weight(),
                inputs.delta(),
                inputPart,
                weightPart,
                window.arguments(input == null ? 0 : 1, weight == null ? 0 : 1));
        if (input != null && input.add()) {
            input.put(tape, inputPart);
        }
        if (weight != null && weight.add()) {
            weight.put(tape, weightPart);
        }
    }

    /** The target itself, if there is one and it may be overwritten. */
    private static Tensor part(KernelContext context, @Nullable GradientTarget target, Tensor like) {
        return target == null || target.add() ? context.scratch(like.shape()) : target.tensor();
    }
}
