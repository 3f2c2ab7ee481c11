package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Convolution;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Two-dimensional convolutions. */
public final class ConvolutionRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(ConvolutionLayer.class, Convolution2D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        ConvolutionLayer layer = scope.as(ConvolutionLayer.class);
        Value images = scope.dropped(scope.sized(scope.images(input), layer.getNIn()));
        Window window = Windows.of(scope, layer);
        // DL4J's [out, in, height, width] as the kernels want it: [height, width, in, out].
        scope.pack("W", 2, 3, 1, 0);
        Operand bias = layer.hasBias() ? scope.parameter("b") : null;
        Value maps = scope.step(
                new Convolution(window),
                List.of(images),
                AffineKernel.operands(scope.parameter("W"), bias),
                window.outputHeight(images.size(0)),
                window.outputWidth(images.size(1)),
                layer.getNOut());
        return scope.activated(maps, layer.getActivationFn());
    }
}
