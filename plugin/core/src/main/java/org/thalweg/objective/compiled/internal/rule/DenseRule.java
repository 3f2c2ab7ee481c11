package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Dense layers, for vectors or for each step of a sequence. Masked outputs are zero. */
public final class DenseRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(DenseLayer.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        DenseLayer layer = scope.as(DenseLayer.class);
        boolean norm = layer.hasLayerNorm();
        Value product = product(scope, input, layer.getNIn(), layer.getNOut(), layer.hasBias() && !norm);
        if (norm) {
            Operand bias = layer.hasBias() ? scope.parameter("b") : null;
            product = LayerNorm.normalized(scope, product, scope.parameter("g"), bias);
        }
        // DL4J masks before and after the activation, which matters if a mask is neither 0 nor 1.
        return scope.masked(scope.activated(scope.masked(product), layer.getActivationFn()));
    }

    /** x W + b of a layer with the usual two arrays, for a vector or for each step of a sequence. */
    public static Value product(LayerScope scope, Value input, long nIn, long nOut, boolean bias) {
        Value value = scope.dropped(scope.sized(input.rank() == 2 ? input : scope.vectors(input), nIn));
        long[] image = value.image();
        if (image != null) {
            scope.rowsOfImage("W", image);
        }
        return scope.affine(value, scope.parameter("W"), bias ? scope.parameter("b") : null, nOut);
    }
}
