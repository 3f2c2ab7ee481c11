package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/** Cross entropy of sigmoid outputs, taken of the logits, without DL4J's clipping of probabilities. */
public final class BinaryCrossEntropyRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossBinaryXENT.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        if (!(activation instanceof ActivationSigmoid)) {
            throw scope.unsupported("has the loss " + function + " of the activation " + activation
                    + ", which is covered for sigmoid alone");
        }
        return scope.compared(
                logits,
                OutputLoss.of(LossFunction.SIGMOID_CROSS_ENTROPY, 0),
                new AccuracyMetric.Threshold(0),
                LossWeights.of(((LossBinaryXENT) function).getWeights()),
                true);
    }
}
