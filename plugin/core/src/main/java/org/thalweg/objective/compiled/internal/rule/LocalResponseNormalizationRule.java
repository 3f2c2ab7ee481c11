package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.thalweg.objective.compiled.internal.kernel.ChannelBand;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * x (k + alpha s)^-beta, with s the sum of squares of a pixel's neighbouring channels (A. Krizhevsky et al., 2012, section
 * 3.3).
 */
public final class LocalResponseNormalizationRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LocalResponseNormalization.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        LocalResponseNormalization layer = scope.as(LocalResponseNormalization.class);
        Value images = scope.images(input);
        Value squares = scope.multiply(images, images);
        Value sums = scope.step(new ChannelBand((int) layer.getN() / 2), squares, images.shape());
        double k = layer.getK();
        double alpha = layer.getAlpha();
        double beta = layer.getBeta();
        ComposedFunction factor =
                ComposedFunction.smooth(x -> x.times(alpha).plus(k).power(-beta));
        return scope.multiply(images, scope.elementwise(new ElementwiseKernel(factor), sums));
    }
}
