package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.Tape;

/** s(x) = 1 / (1 + exp(-x)); s' = s (1 - s), s'' = s' (1 - 2 s). */
public record Sigmoid() implements ElementwiseFunction {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        tape.op("sigmoid").of(x).into(y);
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> slope.assign(y).rsubi(1).muli(y));
    }

    @Override
    public void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        tape.add(() -> bend.assign(y).muli(2).subi(3).muli(y).addi(1).muli(y));
    }

    /** DL4J's sigmoid. */
    public static final class Rule extends ElementwiseActivationRule<ActivationSigmoid> {

        public Rule() {
            super(ActivationSigmoid.class, function -> new Sigmoid());
        }
    }
}
