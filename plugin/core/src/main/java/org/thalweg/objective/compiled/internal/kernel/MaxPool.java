package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * The maximum of each window, the first in row-major order in case of ties. Derivatives keep the pattern of maxima at
 * the parameters, as in automatic differentiation.
 *
 * @param window which
 */
public record MaxPool(Window window) implements Kernel {

    private static final String PATTERN = "pattern";

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape().maxPool(Images.of(context.input(0)), Images.of(context.output()), window.arguments());
    }

    @Override
    public void backward(KernelContext context) {
        spread(context, Images.of(context.outputDelta()), Images.of(context.inputDelta(0)));
        if (!context.kind().hasProducts()) {
            return;
        }
        if (disjoint(context)) {
            keepMask(context);
        } else {
            Tensor output = Images.of(context.output());
            Tensor places = context.keepPlaces(PATTERN, output.length());
            context.tape()
                    .maxPoolPlaces(
                            Images.of(context.input(0)), places, window.arguments(output.size(1), output.size(2)));
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        Tensor input = Images.of(context.inputTangent(0));
        Tensor output = Images.of(context.outputTangent());
        Tape tape = context.tape();
        if (disjoint(context)) {
            Tensor masked = context.scratch(input.shape());
            tape.multiply(input, context.keep(PATTERN, input.shape()), masked);
            tape.averagePool(masked, output, window.arguments(0));
        } else {
            tape.gather(input, context.keepPlaces(PATTERN, output.length()), output);
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        spread(context, Images.of(context.outputDeltaTangent()), Images.of(context.inputDeltaTangent(0)));
    }

    private boolean disjoint(KernelContext context) {
        Tensor images = Images.of(context.input(0));
        return window.disjoint(images.size(1), images.size(2));
    }

    private void spread(KernelContext context, Tensor output, Tensor input) {
        context.tape().maxPoolAdjoint(Images.of(context.input(0)), output, input, window.arguments());
    }

    /**
     * The window's size at the maximum and 0 elsewhere, so that the window's average of a product selects the maximum.
     */
    private void keepMask(KernelContext context) {
        Tensor size = context.scratch(Images.of(context.output()).shape());
        context.tape().fill(window.height() * window.width(), size);
        spread(context, size, context.keep(PATTERN, Images.of(context.input(0)).shape()));
    }
}
