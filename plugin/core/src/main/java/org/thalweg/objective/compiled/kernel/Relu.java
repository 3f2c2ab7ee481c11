package org.thalweg.objective.compiled.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.op.Tape;

/** max(0, x); the slope at 0 is 0, as DL4J has it. */
public record Relu() implements PiecewiseLinear {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        tape.op("relu").of(x).reals(0).into(y);
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> Nd4j.getExecutioner().exec(new Step(x, slope, 0)));
    }

    @Override
    public boolean commutesWithMaximum() {
        return true;
    }
}
