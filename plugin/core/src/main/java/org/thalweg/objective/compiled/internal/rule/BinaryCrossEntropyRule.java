package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Cross entropy of single outputs. For sigmoid outputs it is computed from logits, without DL4J's clipping of
 * probabilities.
 */
public final class BinaryCrossEntropyRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossBinaryXENT.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        double @Nullable [] weights = LossWeights.of(((LossBinaryXENT) function).getWeights());
        if (activation instanceof ActivationSigmoid) {
            return scope.compared(
                    logits,
                    OutputLoss.of(LossFunction.SIGMOID_CROSS_ENTROPY, 0),
                    new AccuracyMetric.Threshold(0),
                    weights,
                    true);
        }
        if (activation instanceof ActivationSoftmax) {
            // DL4J's value is the one for classes, its gradient the one for single outputs. The value defines the loss.
            return CrossEntropyRule.ofSoftmax(scope, logits, weights);
        }
        Value outputs = scope.activated(logits, activation);
        return scope.compared(
                outputs,
                OutputLoss.of(LossFunction.BINARY_LOG_LIKELIHOOD, 0),
                scope.accuracyOf(activation),
                weights,
                true);
    }
}
