package org.thalweg.objective.compiled.internal.rule;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.LossRule;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;

/**
 * DL4J's losses that are sums or means over entries of a function of one output and its label. The Kullback-Leibler
 * divergence omits DL4J's clipping of probabilities.
 */
public final class EntryLossRule implements LossRule {

    /**
     * @param function of an entry
     * @param total factor of the mean over entries, 0 for a sum
     * @param weights the loss's own
     */
    private record Entry(LossFunction function, double total, Function<ILossFunction, @Nullable INDArray> weights) {

        static Entry sum(LossFunction function, Function<ILossFunction, @Nullable INDArray> weights) {
            return new Entry(function, 0, weights);
        }

        static Entry unweighted(LossFunction function) {
            return sum(function, loss -> null);
        }
    }

    private static final Map<Class<? extends ILossFunction>, Entry> LOSSES = Map.ofEntries(
            Map.entry(LossL1.class, Entry.sum(LossFunction.ABSOLUTE_ERROR, loss -> ((LossL1) loss).getWeights())),
            Map.entry(LossMAE.class, new Entry(LossFunction.ABSOLUTE_ERROR, 1, loss -> ((LossL1) loss).getWeights())),
            Map.entry(LossL2.class, Entry.sum(LossFunction.SQUARED_ERROR, loss -> ((LossL2) loss).getWeights())),
            Map.entry(LossMSE.class, new Entry(LossFunction.SQUARED_ERROR, 1, loss -> ((LossL2) loss).getWeights())),
            Map.entry(
                    LossMAPE.class,
                    new Entry(LossFunction.RELATIVE_ERROR, 100, loss -> ((LossMAPE) loss).getWeights())),
            Map.entry(
                    LossMSLE.class,
                    new Entry(LossFunction.SQUARED_LOG_ERROR, 1, loss -> ((LossMSLE) loss).getWeights())),
            Map.entry(LossHinge.class, Entry.unweighted(LossFunction.HINGE)),
            Map.entry(LossSquaredHinge.class, Entry.unweighted(LossFunction.SQUARED_HINGE)),
            Map.entry(LossKLD.class, Entry.unweighted(LossFunction.KULLBACK_LEIBLER)),
            Map.entry(LossPoisson.class, Entry.unweighted(LossFunction.POISSON)),
            Map.entry(LossWasserstein.class, new Entry(LossFunction.PRODUCT, 1, loss -> null)));

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return LOSSES.keySet();
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        Entry entry = Objects.requireNonNull(LOSSES.get(function.getClass()));
        Value outputs = scope.activated(logits, activation);
        double factor = entry.total == 0 ? 1 : entry.total / outputs.channels();
        return scope.compared(
                outputs,
                OutputLoss.of(entry.function, factor),
                scope.accuracyOf(activation),
                LossWeights.of(entry.weights.apply(function)),
                true);
    }
}
