package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/** Both gradients by ND4J's op for them, which covers every window. */
record JointAdjoint(Window window) implements ConvolutionAdjoint {

    @Override
    public void record(Site site, Pairing pairing, Gradients gradients) {
        INDArray input = gradients.input();
        INDArray weight = gradients.weight();
        if (input == null && weight == null) {
            return;
        }
        boolean add = gradients.add();
        INDArray inputPart = input == null || add ? site.scratch(pairing.input().shape()) : input;
        INDArray weightPart =
                weight == null || add ? site.scratch(pairing.weight().shape()) : weight;
        Tape tape = site.tape();
        tape.op("conv2d_bp")
                .of(pairing.input(), pairing.weight(), pairing.delta())
                .integers(Convolution.arguments(window))
                .into(inputPart, weightPart);
        if (add && input != null) {
            Ops.add(tape, input, inputPart, input);
        }
        if (add && weight != null) {
            Ops.add(tape, weight, weightPart, weight);
        }
    }
}
