package org.thalweg.objective.compiled.internal.function;

import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.compiled.spi.ElementwiseActivationRule;
import org.thalweg.objective.compiled.spi.Tape;

/**
 * x where x &gt;= 0, otherwise alpha x; the slope at 0 is 1, as DL4J has it.
 *
 * @param alpha slope on the left
 */
public record LeakyRelu(double alpha) implements PiecewiseLinearFunction {

    @Override
    public void value(Tape tape, INDArray x, INDArray y) {
        // The custom op lrelu would round alpha to single precision.
        LeakyReLU op = new LeakyReLU(x, y, alpha);
        tape.add(() -> Nd4j.getExecutioner().exec(op));
    }

    @Override
    public void slope(Tape tape, INDArray x, INDArray y, INDArray slope) {
        tape.add(() -> {
            slope.assign(x).negi();
            Nd4j.getExecutioner().exec(new Step(slope, slope, 0));
            slope.muli(alpha - 1).addi(1);
        });
    }

    /** DL4J's leakyrelu, of any slope. */
    public static final class Rule extends ElementwiseActivationRule<ActivationLReLU> {

        public Rule() {
            super(ActivationLReLU.class, function -> new LeakyRelu(function.getAlpha()));
        }
    }
}
