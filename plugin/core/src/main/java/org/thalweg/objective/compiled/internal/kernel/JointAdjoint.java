package org.thalweg.objective.compiled.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.AdjointInputs;
import org.thalweg.objective.compiled.spi.AdjointOutputs;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Ops;
import org.thalweg.objective.compiled.spi.Tape;

/** Both gradients by ND4J's op for them, which covers every window. */
public record JointAdjoint(Window window) implements ConvolutionAdjoint {

    @Override
    public void record(KernelContext context, AdjointInputs pairing, AdjointOutputs gradients) {
        INDArray input = gradients.input();
        INDArray weight = gradients.weight();
        if (input == null && weight == null) {
            return;
        }
        boolean add = gradients.add();
        INDArray inputPart =
                input == null || add ? context.scratch(pairing.input().shape()) : input;
        INDArray weightPart =
                weight == null || add ? context.scratch(pairing.weight().shape()) : weight;
        Tape tape = context.tape();
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
