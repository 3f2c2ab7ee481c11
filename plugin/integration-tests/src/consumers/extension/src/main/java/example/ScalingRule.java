package example;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** A layer: activation of x w + b, element by element. */
public final class ScalingRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(ScalingLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        ScalingLayer layer = scope.as(ScalingLayer.class);
        Value vectors = scope.inNetworkOrder(scope.dropped(scope.sized(scope.vectors(input), layer.getNIn())));
        Value scaled = scope.step(
                new ScaleAndShift(),
                List.of(vectors),
                Map.of(ScaleAndShift.FACTORS, scope.parameter("W"), ScaleAndShift.BIAS, scope.parameter("b")),
                layer.getNOut());
        return scope.activated(scaled, layer.getActivationFn());
    }
}
