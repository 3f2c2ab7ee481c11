package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/**
 * The maximum of each window, the first in row-major order where several are equal. Derivatives follow the pattern of
 * maxima at the parameters, as automatic differentiation does.
 */
public record MaxPool(Window window) implements Kernel {

    static final int CHANNELS_LAST = 1;

    private static final String PATTERN = "pattern";

    @Override
    public boolean keepsOutputDelta() {
        return false;
    }

    @Override
    public void forward(Site site) {
        site.tape().op("maxpool2d").of(site.input(0)).integers(arguments()).into(site.output());
    }

    @Override
    public void backward(Site site) {
        spread(site, site.outputDelta(), site.inputDelta(0));
        if (!site.purpose().hasProducts()) {
            return;
        }
        if (window.disjoint()) {
            keepMask(site);
        } else {
            keepIndices(site);
        }
    }

    @Override
    public void tangentForward(Site site) {
        INDArray input = site.inputTangent(0);
        INDArray output = site.outputTangent();
        Tape tape = site.tape();
        if (window.disjoint()) {
            INDArray masked = site.scratch(input.shape());
            Ops.multiply(tape, input, site.keep(PATTERN, input.shape()), masked);
            tape.op("avgpool2d").of(masked).integers(arguments()).into(output);
        } else {
            int[] indices = site.keepIndices(PATTERN, output.length());
            tape.add(() -> Maxima.pick(input, indices, output));
        }
    }

    @Override
    public void tangentBackward(Site site) {
        spread(site, site.outputDeltaTangent(), site.inputDeltaTangent(0));
    }

    private void spread(Site site, INDArray output, INDArray input) {
        site.tape()
                .op("maxpool2d_bp")
                .of(site.input(0), output)
                .integers(arguments())
                .into(input);
    }

    /** The window's size where the maximum is and 0 elsewhere, so that the window's average of a product picks it. */
    private void keepMask(Site site) {
        INDArray ones = site.scratch(site.output().shape());
        INDArray mask = site.keep(PATTERN, site.input(0).shape());
        site.tape().add(() -> ones.assign(window.height() * window.width()));
        spread(site, ones, mask);
    }

    private void keepIndices(Site site) {
        int[] indices = site.keepIndices(PATTERN, site.output().length());
        INDArray input = site.input(0);
        long[] output = site.output().shape();
        site.tape().add(() -> Maxima.find(input, window, output, indices));
    }

    private long[] arguments() {
        return window.arguments(0, CHANNELS_LAST);
    }
}
