package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/** Squares of differences, summed over channels or averaged. */
public final class SquaredErrorRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossL2.class, LossMSE.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        Value outputs = scope.activated(logits, activation);
        double factor = function instanceof LossMSE ? 1.0 / outputs.channels() : 1;
        return scope.compared(
                outputs,
                OutputLoss.of(LossFunction.SQUARED_ERROR, factor),
                scope.accuracyOf(activation),
                LossWeights.of(((LossL2) function).getWeights()),
                true);
    }
}
