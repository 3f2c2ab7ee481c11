package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/**
 * y = f(x), element by element.
 *
 * @param activation f
 */
public record Elementwise(Activation activation) implements Kernel {

    private static final String SLOPE = "slope";
    private static final String BEND = "bend";

    @Override
    public boolean overwritesInput() {
        return true;
    }

    @Override
    public boolean keepsOutputDelta() {
        // The product has the gradient in the bend already.
        return false;
    }

    @Override
    public void forward(Site site) {
        activation.value(site.tape(), site.input(0), site.output());
    }

    @Override
    public void backward(Site site) {
        Tape tape = site.tape();
        INDArray x = site.input(0);
        INDArray y = site.output();
        if (site.purpose().hasProducts()) {
            INDArray slope = site.keep(SLOPE, x.shape());
            activation.slope(tape, x, y, slope);
            Ops.multiply(tape, slope, site.outputDelta(), site.inputDelta(0));
            if (!activation.piecewiseLinear()) {
                INDArray bend = site.keep(BEND, x.shape());
                activation.bend(tape, x, y, bend);
                Ops.multiply(tape, bend, site.outputDelta(), bend);
            }
        } else {
            INDArray slope = site.inputDelta(0);
            activation.slope(tape, x, y, slope);
            Ops.multiply(tape, slope, site.outputDelta(), slope);
        }
    }

    @Override
    public void tangentForward(Site site) {
        INDArray slope = site.keep(SLOPE, site.input(0).shape());
        Ops.multiply(site.tape(), slope, site.inputTangent(0), site.outputTangent());
    }

    @Override
    public void tangentBackward(Site site) {
        Tape tape = site.tape();
        long[] shape = site.input(0).shape();
        Ops.multiply(tape, site.keep(SLOPE, shape), site.outputDeltaTangent(), site.inputDeltaTangent(0));
        if (!activation.piecewiseLinear()) {
            INDArray product = site.scratch(shape);
            Ops.multiply(tape, site.keep(BEND, shape), site.inputTangent(0), product);
            Ops.add(tape, site.inputDeltaTangent(0), product, site.inputDeltaTangent(0));
        }
    }
}
