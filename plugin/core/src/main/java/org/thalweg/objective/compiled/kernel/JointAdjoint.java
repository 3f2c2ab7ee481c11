package org.thalweg.objective.compiled.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.op.Tape;

/** Both gradients by ND4J's op for them, which covers every window. */
record JointAdjoint(Window window) implements ConvolutionAdjoint {

    @Override
    public void record(
            Site site,
            INDArray x,
            INDArray weight,
            INDArray delta,
            @Nullable INDArray inputDelta,
            @Nullable INDArray gradient,
            boolean add) {
        INDArray inputPart = inputDelta == null || add ? site.scratch(x.shape()) : inputDelta;
        INDArray weightPart = gradient == null || add ? site.scratch(weight.shape()) : gradient;
        Tape tape = site.tape();
        tape.op("conv2d_bp")
                .of(x, weight, delta)
                .integers(Convolution.arguments(window))
                .into(inputPart, weightPart);
        if (add && inputDelta != null) {
            Ops.add(tape, inputDelta, inputPart, inputDelta);
        }
        if (add && gradient != null) {
            Ops.add(tape, gradient, weightPart, gradient);
        }
    }
}
