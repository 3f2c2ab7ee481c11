package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.internal.kernel.ZeroPadding;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Layers that turn each pixel of a block into an example, so that the others lie in the gaps of a dilated window. */
public final class SpaceToBatchRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(SpaceToBatchLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        SpaceToBatchLayer layer = scope.as(SpaceToBatchLayer.class);
        Value images = padded(scope, scope.dropped(scope.images(input)), layer.getPadding());
        long rows = layer.getBlocks()[0];
        long columns = layer.getBlocks()[1];
        if (images.perExample() > 1 || images.size(0) % rows != 0 || images.size(1) % columns != 0) {
            throw scope.unsupported("makes examples of blocks of " + rows + " x " + columns + " in images of " + images
                    + (images.perExample() > 1 ? ", which are folded already" : ", which they do not divide"));
        }
        long height = images.size(0) / rows;
        long width = images.size(1) / columns;
        long channels = images.channels();
        Value blocks = scope.reshape(images, height, rows, width, columns, channels);
        Value apart = scope.step(new Transposition(1, 3, 0, 2, 4), blocks, rows, columns, height, width, channels);
        return scope.reshape(apart, rows * columns, height, width, channels).folded();
    }

    /** @param padding before and after the rows, then the columns */
    private static Value padded(LayerScope scope, Value images, int[][] padding) {
        long[] widths = Arrays.stream(padding)
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
        if (Arrays.stream(widths).allMatch(width -> width == 0)) {
            return images;
        }
        long height = images.size(0) + widths[0] + widths[1];
        long width = images.size(1) + widths[2] + widths[3];
        return scope.step(new ZeroPadding(widths), images, height, width, images.channels());
    }
}
