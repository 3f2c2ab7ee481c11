package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Dense layers with a loss. */
public final class OutputRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(OutputLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        OutputLayer layer = scope.as(OutputLayer.class);
        Value logits = DenseRule.product(scope, scope.vectors(input), layer.getNIn(), layer.getNOut(), layer.hasBias());
        return scope.lossOf(scope.maskedLogits(logits), layer.getActivationFn(), layer.getLossFn());
    }
}
