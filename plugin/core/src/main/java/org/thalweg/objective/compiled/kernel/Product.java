package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/** y = a b, element by element. */
public final class Product implements Kernel {

    @Override
    public void forward(Site site) {
        Ops.multiply(site.tape(), site.input(0), site.input(1), site.output());
    }

    @Override
    public void backward(Site site) {
        for (int i = 0; i < 2; i++) {
            if (site.active(i)) {
                Ops.multiply(site.tape(), site.outputDelta(), site.input(1 - i), site.inputDelta(i));
            }
        }
    }

    @Override
    public void tangentForward(Site site) {
        INDArray product = site.scratch(site.output().shape());
        Ops.multiply(site.tape(), site.inputTangent(0), site.input(1), site.outputTangent());
        Ops.multiply(site.tape(), site.input(0), site.inputTangent(1), product);
        Ops.add(site.tape(), site.outputTangent(), product, site.outputTangent());
    }

    @Override
    public void tangentBackward(Site site) {
        Tape tape = site.tape();
        INDArray product = site.scratch(site.output().shape());
        for (int i = 0; i < 2; i++) {
            if (site.active(i)) {
                INDArray result = site.inputDeltaTangent(i);
                Ops.multiply(tape, site.outputDeltaTangent(), site.input(1 - i), result);
                Ops.multiply(tape, site.outputDelta(), site.inputTangent(1 - i), product);
                Ops.add(tape, result, product, result);
            }
        }
    }
}
