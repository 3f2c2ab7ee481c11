package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.Tape;

/**
 * scale x where x &gt; 0, otherwise scale alpha (exp(x) - 1).
 *
 * @param op the ND4J op that computes it, {@code elu} or {@code selu}
 * @param alpha height of the left asymptote below zero
 * @param scale of both branches
 */
public record Elu(String op, double alpha, double scale) implements ElementwiseFunction {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        tape.op(op).of(x).reals(alpha).into(y);
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> {
            INDArray right = right(x);
            INDArray left = right.rsub(1);
            decay(x, slope).muli(left).addi(right.muli(scale));
            left.close();
            right.close();
        });
    }

    @Override
    public void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        tape.add(() -> {
            INDArray left = right(x).rsubi(1);
            decay(x, bend).muli(left);
            left.close();
        });
    }

    private static INDArray right(INDArray x) {
        return Nd4j.getExecutioner().exec(new Step(x, x.ulike(), 0));
    }

    /** scale alpha exp(x), kept from overflowing where it is not used. */
    private INDArray decay(INDArray x, INDArray into) {
        Transforms.min(into.assign(x), 0, false);
        return Transforms.exp(into, false).muli(scale * alpha);
    }

    /** DL4J's elu, of any asymptote. */
    public static final class Rule extends ElementwiseActivationRule<ActivationELU> {

        public Rule() {
            super(ActivationELU.class, function -> new Elu("elu", function.getAlpha(), 1));
        }
    }

    /** DL4J's selu, with the constants of G. Klambauer et al., "Self-normalizing neural networks" (2017). */
    public static final class ScaledRule extends ElementwiseActivationRule<ActivationSELU> {

        public ScaledRule() {
            super(ActivationSELU.class, function -> new Elu("selu", 1.6732632423543772, 1.0507009873554805));
        }
    }
}
