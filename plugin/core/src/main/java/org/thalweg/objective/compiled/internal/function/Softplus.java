package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.Tape;

/** log(1 + exp(x)); its derivative is the sigmoid. */
public record Softplus() implements ElementwiseFunction {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        tape.op("softplus").of(x).into(y);
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.op("sigmoid").of(x).into(slope);
    }

    @Override
    public void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        slope(tape, x, y, bend);
        tape.add(() -> Transforms.timesOneMinus(bend, false));
    }

    /** DL4J's softplus. */
    public static final class Rule extends ElementwiseActivationRule<ActivationSoftPlus> {

        public Rule() {
            super(ActivationSoftPlus.class, function -> new Softplus());
        }
    }
}
