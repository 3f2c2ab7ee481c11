package org.thalweg.objective.compiled.internal.function;

import java.util.Optional;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.Tape;

/**
 * x s(k x), s the sigmoid. With g = s(k x): f' = g + k x g (1 - g), f'' = k g (1 - g) (2 + k x (1 - 2 g)).
 *
 * @param gate which k
 */
public record GatedLinear(Gate gate) implements ElementwiseFunction {

    /** Steepness of the gate. */
    public enum Gate {
        /** P. Ramachandran et al., "Searching for activation functions" (2017). */
        SWISH(1),
        /** The approximation of D. Hendrycks and K. Gimpel, "Gaussian error linear units" (2016), which is DL4J's. */
        GELU(1.702);

        private final double k;

        Gate(double k) {
            this.k = k;
        }
    }

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        TransformOp op = gate == Gate.SWISH ? new Swish(x, y) : new GELU(x, y);
        tape.add(() -> Nd4j.getExecutioner().exec(op));
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> {
            open(x, slope);
            INDArray rest = slope.rsub(1).muli(x).muli(gate.k).addi(1);
            slope.muli(rest);
            rest.close();
        });
    }

    @Override
    public void bend(Tape tape, INDArray x, INDArray y, INDArray bend) {
        tape.add(() -> {
            open(x, bend);
            INDArray factor = bend.mul(-2).addi(1).muli(x).muli(gate.k).addi(2);
            Transforms.timesOneMinus(bend, false).muli(factor).muli(gate.k);
            factor.close();
        });
    }

    private void open(INDArray x, INDArray into) {
        Transforms.sigmoid(into.assign(x).muli(gate.k), false);
    }

    /** DL4J's swish. */
    public static final class SwishRule extends ElementwiseActivationRule<ActivationSwish> {

        public SwishRule() {
            super(ActivationSwish.class, function -> new GatedLinear(Gate.SWISH));
        }
    }

    /** DL4J's gelu, but for the precise one. */
    public static final class GeluRule extends ElementwiseActivationRule<ActivationGELU> {

        public GeluRule() {
            super(ActivationGELU.class, function -> new GatedLinear(Gate.GELU));
        }

        @Override
        protected Optional<String> objection(ActivationGELU function) {
            return function.isPrecise()
                    ? Optional.of("has the precise gelu, whose gradient in DL4J is not the derivative of its value")
                    : Optional.empty();
        }
    }
}
