package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Convolution;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.Unfolding;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Three-dimensional convolutions: the slices of a window become channels of images, which are then convolved. */
public final class Convolution3DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Convolution3D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Convolution3D layer = scope.as(Convolution3D.class);
        Value volumes = scope.dropped(scope.sized(scope.volumes(input), layer.getNIn()));
        Slabs slabs = Slabs.of(layer);
        Window window = slabs.window(scope);
        TapWindow depth = slabs.depth(volumes.size(0));
        // DL4J's [out, in, depth, height, width].
        scope.pack("W", 3, 4, 2, 1, 0);
        Operand bias = layer.hasBias() ? scope.parameter("b") : null;
        long slices = depth.outputs()[0];
        Value unfolded = scope.step(
                new Unfolding(depth),
                volumes,
                slices,
                volumes.size(1),
                volumes.size(2),
                depth.taps() * volumes.channels());
        Value maps = scope.step(
                new Convolution(window),
                List.of(unfolded),
                AffineKernel.operands(scope.parameter("W"), bias),
                slices,
                window.outputHeight(volumes.size(1)),
                window.outputWidth(volumes.size(2)),
                layer.getNOut());
        return scope.activated(maps, layer.getActivationFn());
    }
}
