package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.Tape;

/** y = tanh(x); y' = 1 - y^2, y'' = 2 y^3 - 2 y. */
public record Tanh() implements ElementwiseFunction {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        tape.op("tanh").of(x).into(y);
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> slope.assign(y).muli(y).rsubi(1));
    }

    @Override
    public void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        tape.add(() -> bend.assign(y).muli(y).subi(1).muli(y).muli(2));
    }

    /** DL4J's tanh. */
    public static final class Rule extends ElementwiseActivationRule<ActivationTanH> {

        public Rule() {
            super(ActivationTanH.class, function -> new Tanh());
        }
    }
}
