package org.thalweg.objective.compiled.internal.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Dense;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Dense layers. */
public final class DenseRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(DenseLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        DenseLayer layer = scope.as(DenseLayer.class);
        if (layer.hasLayerNorm()) {
            throw scope.unsupported("has layer normalization, which is not covered");
        }
        Value product = product(scope, input, layer.getNIn(), layer.getNOut(), layer.hasBias());
        return scope.activated(product, layer.getActivationFn());
    }

    /** x W + b of a layer with the usual two arrays. */
    public static Value product(LayerScope scope, Value input, long nIn, long nOut, boolean bias) {
        Value vectors = scope.dropped(scope.sized(scope.vectors(input), nIn));
        long[] image = vectors.image();
        if (image != null) {
            scope.rowsOfImage("W", image);
        }
        Map<String, Operand> operands = new HashMap<>(Map.of(AffineKernel.WEIGHT, scope.parameter("W")));
        if (bias) {
            operands.put(AffineKernel.BIAS, scope.parameter("b"));
        }
        return scope.step(new Dense(), List.of(vectors), operands, nOut);
    }
}
