package org.thalweg.objective.compiled.internal.function;

import java.util.Optional;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.Tape;

/** max(0, x); the slope at 0 is 0, as DL4J has it. */
public record Relu() implements PiecewiseLinearFunction {

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

    /** DL4J's relu without its further settings. */
    public static final class Rule extends ElementwiseActivationRule<ActivationReLU> {

        public Rule() {
            super(ActivationReLU.class, function -> new Relu());
        }

        @Override
        protected Optional<String> objection(ActivationReLU function) {
            boolean plain =
                    function.getMax() == null && function.getThreshold() == null && function.getNegativeSlope() == null;
            return plain
                    ? Optional.empty()
                    : Optional.of("has a relu with a maximum, a threshold or a slope, which is not covered");
        }
    }
}
