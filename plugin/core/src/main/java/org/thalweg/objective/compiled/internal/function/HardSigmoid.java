package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.Tape;

/** min(1, max(0, 0.2 x + 0.5)). */
public record HardSigmoid() implements PiecewiseLinearFunction {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        tape.op("hardsigmoid").of(x).into(y);
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> {
            // y (1 - y) is positive exactly where the value is not clipped.
            slope.assign(y).rsubi(1).muli(y);
            Nd4j.getExecutioner().exec(new Step(slope, slope, 0));
            slope.muli(0.2);
        });
    }

    /** DL4J's hardsigmoid. */
    public static final class Rule extends ElementwiseActivationRule<ActivationHardSigmoid> {

        public Rule() {
            super(ActivationHardSigmoid.class, function -> new HardSigmoid());
        }
    }
}
