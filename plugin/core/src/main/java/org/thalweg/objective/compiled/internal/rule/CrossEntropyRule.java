package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Cross entropy between classes. That of softmax outputs is taken of the logits, without DL4J's clipping of
 * probabilities, so that far points keep their height.
 */
public final class CrossEntropyRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossMCXENT.class, LossNegativeLogLikelihood.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        double @Nullable [] weights = LossWeights.of(((LossMCXENT) function).getWeights());
        if (activation instanceof ActivationSoftmax) {
            return scope.compared(
                    logits,
                    OutputLoss.of(LossFunction.SOFTMAX_CROSS_ENTROPY, 0),
                    new AccuracyMetric.Argmax(),
                    weights,
                    false);
        }
        Value outputs = scope.activated(logits, activation);
        return scope.compared(
                outputs, OutputLoss.of(LossFunction.LOG_LIKELIHOOD, 0), scope.accuracyOf(activation), weights, true);
    }
}
