package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointInputs.Moving;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The two gradients of a convolution of stride 1, computed separately, which on the host is about twice as fast as one
 * op for both. The input's is a convolution with rotated weights, the weights' a matrix product with unrolled windows.
 *
 * @param window of stride 1, without dilation
 */
record SeparateAdjoint(Window window) implements ConvolutionAdjoint {

    private static final String TURNED = "turned";

    /** Whether the padding of the rotated convolution is the same on both sides. */
    static boolean covers(Window window) {
        boolean symmetric = !window.same() || (window.height() % 2 == 1 && window.width() % 2 == 1);
        return window.strideY() == 1
                && window.strideX() == 1
                && symmetric
                && window.padY() < window.height()
                && window.padX() < window.width();
    }

    @Override
    public void record(KernelContext context, AdjointInputs inputs, AdjointOutputs outputs) {
        GradientTarget input = outputs.input();
        if (input != null) {
            inputGradient(context, inputs, input);
        }
        GradientTarget weight = outputs.weight();
        if (weight != null) {
            new WeightGradient(window).record(context, inputs, weight);
        }
    }

    private void inputGradient(KernelContext context, AdjointInputs inputs, GradientTarget target) {
        Tensor result = target.add() ? context.scratch(target.tensor().shape()) : target.tensor();
        context.tape()
                .convolution(
                        inputs.delta(),
                        turned(context, inputs),
                        null,
                        result,
                        window.turned().arguments());
        if (target.add()) {
            target.put(context.tape(), result);
        }
    }

    /** The weights rotated by 180 degrees, with input and output channels exchanged. */
    private static Tensor turned(KernelContext context, AdjointInputs inputs) {
        Tensor weight = inputs.weight();
        long[] shape = {weight.size(0), weight.size(1), weight.size(3), weight.size(2)};
        if (inputs.moving() == Moving.DELTA) {
            return context.keep(TURNED, shape);
        }
        Tensor turned = inputs.moving() == Moving.NOTHING ? context.keep(TURNED, shape) : context.scratch(shape);
        context.tape().rearrangeFilters(Op.TURN_FILTERS, weight, turned);
        return turned;
    }
}
