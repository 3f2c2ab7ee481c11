package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Deconvolution;
import org.thalweg.objective.compiled.internal.kernel.Folding;
import org.thalweg.objective.compiled.internal.kernel.Scaling;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Three-dimensional deconvolutions: deconvolutions of images, whose slices are then added at their depths. */
public final class Deconvolution3DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Deconvolution3D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Deconvolution3D layer = scope.as(Deconvolution3D.class);
        Value volumes = scope.dropped(scope.sized(scope.volumes(input), layer.getNIn()));
        Slabs slabs = Slabs.of(layer);
        Window window = slabs.window(scope);
        long depth = slabs.inputDepth(volumes.size(0));
        TapWindow slices = slabs.depth(depth);
        // DL4J's [depth, height, width, out, in].
        scope.pack("W", 1, 2, 4, 0, 3);
        long height = window.inputHeight(volumes.size(1));
        long width = window.inputWidth(volumes.size(2));
        long out = layer.getNOut();
        Value parts = scope.step(
                new Deconvolution(window),
                List.of(volumes),
                AffineKernel.operands(scope.parameter("W"), null),
                volumes.size(0),
                height,
                width,
                slices.taps() * out);
        Value maps = scope.step(new Folding(slices), parts, depth, height, width, out);
        if (layer.hasBias()) {
            Map<String, Operand> operands = AffineKernel.operands(new Operand.Literal(1, out), scope.parameter("b"));
            maps = scope.step(new Scaling(), List.of(maps), operands, maps.shape());
        }
        return scope.activated(maps, layer.getActivationFn());
    }
}
