package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's losses of all outputs of an example together. */
public final class RowLossRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossCosineProximity.class, LossMultiLabel.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        LossFunction known =
                function instanceof LossCosineProximity ? LossFunction.COSINE_PROXIMITY : LossFunction.PAIRWISE_RANKING;
        Value outputs = scope.activated(logits, activation);
        return scope.compared(outputs, OutputLoss.of(known, 0), scope.accuracyOf(activation), null, false);
    }
}
