package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;

/**
 * The maximum of each window, the first in row-major order where several are equal. Derivatives follow the pattern of
 * maxima at the parameters, as automatic differentiation does.
 */
public record MaxPool(Window window) implements Kernel {

    public static final int CHANNELS_LAST = 1;

    private static final String PATTERN = "pattern";

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(KernelContext context) {
        context.tape()
                .op("maxpool2d")
                .of(context.input(0))
                .integers(arguments())
                .into(context.output());
    }

    @Override
    public void backward(KernelContext context) {
        spread(context, context.outputDelta(), context.inputDelta(0));
        if (!context.purpose().hasProducts()) {
            return;
        }
        if (window.disjoint()) {
            keepMask(context);
        } else {
            keepIndices(context);
        }
    }

    @Override
    public void tangentForward(KernelContext context) {
        INDArray input = context.inputTangent(0);
        INDArray output = context.outputTangent();
        Tape tape = context.tape();
        if (window.disjoint()) {
            INDArray masked = context.scratch(input.shape());
            Ops.multiply(tape, input, context.keep(PATTERN, input.shape()), masked);
            tape.op("avgpool2d").of(masked).integers(arguments()).into(output);
        } else {
            int[] indices = context.keepIndices(PATTERN, output.length());
            tape.add(() -> MaxPoolIndices.pick(input, indices, output));
        }
    }

    @Override
    public void tangentBackward(KernelContext context) {
        spread(context, context.outputDeltaTangent(), context.inputDeltaTangent(0));
    }

    private void spread(KernelContext context, INDArray output, INDArray input) {
        context.tape()
                .op("maxpool2d_bp")
                .of(context.input(0), output)
                .integers(arguments())
                .into(input);
    }

    /** The window's size where the maximum is and 0 elsewhere, so that the window's average of a product picks it. */
    private void keepMask(KernelContext context) {
        INDArray ones = context.scratch(context.output().shape());
        INDArray mask = context.keep(PATTERN, context.input(0).shape());
        context.tape().add(() -> ones.assign(window.height() * window.width()));
        spread(context, ones, mask);
    }

    private void keepIndices(KernelContext context) {
        int[] indices = context.keepIndices(PATTERN, context.output().length());
        INDArray input = context.input(0);
        long[] output = context.output().shape();
        context.tape().add(() -> MaxPoolIndices.find(input, window, output, indices));
    }

    private long[] arguments() {
        return window.arguments(0, CHANNELS_LAST);
    }
}
