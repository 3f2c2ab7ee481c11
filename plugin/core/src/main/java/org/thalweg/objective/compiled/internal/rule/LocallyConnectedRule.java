package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.nd4j.linalg.activations.Activation;
import org.thalweg.objective.compiled.internal.kernel.PositionwiseProduct;
import org.thalweg.objective.compiled.internal.kernel.TapWindow;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.internal.kernel.Unfolding;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Convolutions with different weights at each position. The derivative is the true one, half of what DL4J's SameDiff
 * layers return.
 */
public final class LocallyConnectedRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(LocallyConnected1D.class, LocallyConnected2D.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        if (scope.layer() instanceof LocallyConnected2D layer) {
            requireNoGaps(scope, layer.getDilation());
            TapWindow window = TapWindow.of(
                    layer.getKernel(),
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getDilation(),
                    layer.getOutputSize());
            Value images = scope.sized(scope.images(input), layer.getNIn());
            return product(scope, images, window, layer.getNOut(), layer.isHasBias(), layer.getActivation());
        }
        LocallyConnected1D layer = scope.as(LocallyConnected1D.class);
        requireNoGaps(scope, layer.getDilation());
        TapWindow window = TapWindow.of(
                new int[] {layer.getKernel()},
                new int[] {layer.getStride()},
                new int[] {layer.getPadding()},
                new int[] {layer.getDilation()},
                new int[] {layer.getOutputSize()});
        Value sequence = scope.sized(scope.sequences(input), layer.getNIn());
        return product(scope, sequence, window, layer.getNOut(), layer.isHasBias(), layer.getActivation());
    }

    private static void requireNoGaps(LayerScope scope, int... dilation) {
        if (Arrays.stream(dilation).anyMatch(gap -> gap != 1)) {
            throw scope.unsupported("has the dilation " + Arrays.toString(dilation) + ", which DL4J ignores");
        }
    }

    private static Value product(
            LayerScope scope, Value value, TapWindow window, long out, boolean bias, Activation activation) {
        long channels = value.channels();
        long positions = Arrays.stream(window.outputs()).reduce(1, (a, b) -> a * b);
        long taps = window.taps();
        Value dropped = scope.dropped(value);
        Value unfolded = scope.step(new Unfolding(window), dropped, window.shape(new long[] {taps * channels}));
        // DL4J's weights have the taps of a channel next to each other and number the windows of an image by column,
        // but the results of all windows by row: with as many rows as columns, the result lies transposed.
        long rows = window.outputs().length == 2 ? window.outputs()[0] : positions;
        Value byChannel = scope.step(
                new Transposition(1, 0, 3, 2),
                scope.reshape(unfolded, rows, positions / rows, taps, channels),
                positions / rows,
                rows,
                channels,
                taps);
        Value maps = scope.step(
                new PositionwiseProduct(),
                List.of(scope.reshape(byChannel, positions, channels * taps)),
                AffineKernel.operands(scope.parameter("W"), bias ? scope.parameter("b") : null),
                positions,
                out);
        Value result = scope.reshape(maps, window.shape(new long[] {out}));
        return SoftmaxAxis.activated(scope, result, activation.getActivationFunction());
    }
}
