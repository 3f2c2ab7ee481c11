package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Cross entropy between classes. For softmax outputs it is computed from logits, without DL4J's clipping of
 * probabilities, so that distant points of a surface keep their height.
 */
public final class CrossEntropyRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossMCXENT.class, LossNegativeLogLikelihood.class, LossSparseMCXENT.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        double @Nullable [] weights = LossWeights.of(((LossMCXENT) function).getWeights());
        if (function instanceof LossSparseMCXENT) {
            return ofNumbers(scope, logits, activation, weights);
        }
        if (activation instanceof ActivationSoftmax) {
            return ofSoftmax(scope, logits, weights);
        }
        Value outputs = scope.activated(logits, activation);
        return scope.compared(
                outputs, OutputLoss.of(LossFunction.LOG_LIKELIHOOD, 0), scope.accuracyOf(activation), weights, true);
    }

    /** Cross entropy with class indices as labels. */
    private static Value ofNumbers(
            LayerScope scope, Value logits, IActivation activation, double @Nullable [] weights) {
        return activation instanceof ActivationSoftmax
                ? scope.comparedWithClasses(
                        logits,
                        OutputLoss.of(LossFunction.SOFTMAX_CROSS_ENTROPY, 0),
                        new AccuracyMetric.Argmax(),
                        weights)
                : scope.comparedWithClasses(
                        scope.activated(logits, activation),
                        OutputLoss.of(LossFunction.LOG_LIKELIHOOD, 0),
                        scope.accuracyOf(activation),
                        weights);
    }

    /** Cross entropy of softmax outputs, from the logits. */
    static Value ofSoftmax(LayerScope scope, Value logits, double @Nullable [] weights) {
        return scope.compared(
                logits,
                OutputLoss.of(LossFunction.SOFTMAX_CROSS_ENTROPY, 0),
                new AccuracyMetric.Argmax(),
                weights,
                false);
    }
}
