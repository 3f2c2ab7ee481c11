package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.thalweg.objective.compiled.internal.kernel.Scaling;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Layers that multiply each element by its own weight. */
public final class ElementWiseMultiplicationRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(ElementWiseMultiplicationLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        ElementWiseMultiplicationLayer layer = scope.as(ElementWiseMultiplicationLayer.class);
        Value sized = scope.sized(input, layer.getNIn());
        Value ordered = scope.inNetworkOrder(sized.stepsAsExamples() ? sized : scope.vectors(sized));
        Value product = scope.step(
                new Scaling(),
                List.of(scope.dropped(ordered)),
                AffineKernel.operands(scope.parameter("W"), scope.parameter("b")),
                ordered.shape());
        return scope.activated(product, layer.getActivationFn());
    }
}
