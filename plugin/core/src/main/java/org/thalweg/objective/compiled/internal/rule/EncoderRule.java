package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Autoencoders in supervised training: only the encoder; for a variational one, up to the mean. */
public final class EncoderRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(AutoEncoder.class, VariationalAutoencoder.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        if (scope.layer() instanceof AutoEncoder layer) {
            Value product = DenseRule.product(scope, input, layer.getNIn(), layer.getNOut(), true);
            return scope.activated(product, layer.getActivationFn());
        }
        VariationalAutoencoder layer = scope.as(VariationalAutoencoder.class);
        Value value = scope.dropped(scope.inNetworkOrder(scope.vectors(scope.sized(input, layer.getNIn()))));
        int[] sizes = layer.getEncoderLayerSizes();
        for (int i = 0; i < sizes.length; i++) {
            value = scope.affine(value, scope.parameter("e" + i + "W"), scope.parameter("e" + i + "b"), sizes[i]);
            value = scope.activated(value, layer.getActivationFn());
        }
        value = scope.affine(value, scope.parameter("pZXMeanW"), scope.parameter("pZXMeanb"), layer.getNOut());
        return scope.activated(value, layer.getPzxActivationFn());
    }
}
