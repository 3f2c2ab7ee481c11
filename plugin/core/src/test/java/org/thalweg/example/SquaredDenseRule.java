package org.thalweg.example;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** What {@link SquaredDense} means: a product with its weights, then {@link Square}. */
public final class SquaredDenseRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(SquaredDense.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        SquaredDense layer = scope.as(SquaredDense.class);
        Value vectors = scope.dropped(scope.sized(scope.vectors(input), layer.getNIn()));
        Value product = scope.affine(vectors, scope.parameter("W"), scope.parameter("b"), layer.getNOut());
        return scope.elementwise(new Square(), product);
    }
}
