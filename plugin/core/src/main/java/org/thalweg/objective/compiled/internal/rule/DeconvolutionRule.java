package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Deconvolution;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/** Two-dimensional deconvolutions. */
public final class DeconvolutionRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Deconvolution2D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Deconvolution2D layer = scope.as(Deconvolution2D.class);
        Value images = scope.dropped(scope.sized(scope.images(input), layer.getNIn()));
        Window window = Windows.of(scope, layer);
        Window spread = window.spread();
        if (window.same() && Math.max(spread.strideY() - spread.height(), spread.strideX() - spread.width()) > 1) {
            throw scope.unsupported(
                    "has the mode Same and a stride that exceeds its kernel by more than one, for which ND4J's"
                            + " oneDNN has no convolution");
        }
        // DL4J's [in, out, height, width].
        scope.pack("W", 2, 3, 0, 1);
        Operand bias = layer.hasBias() ? scope.parameter("b") : null;
        Value maps = scope.step(
                new Deconvolution(window),
                List.of(images),
                AffineKernel.operands(scope.parameter("W"), bias),
                window.inputHeight(images.size(0)),
                window.inputWidth(images.size(1)),
                layer.getNOut());
        return scope.activated(maps, layer.getActivationFn());
    }
}
