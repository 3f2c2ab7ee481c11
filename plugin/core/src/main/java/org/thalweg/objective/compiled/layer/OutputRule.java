package org.thalweg.objective.compiled.layer;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.thalweg.objective.compiled.program.Value;

/** Dense layers with a loss. */
public final class OutputRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(OutputLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        OutputLayer layer = scope.as(OutputLayer.class);
        Value logits = DenseRule.product(scope, input, layer.getNIn(), layer.getNOut(), layer.hasBias());
        return scope.lossOf(logits, layer.getActivationFn(), layer.getLossFn());
    }
}
