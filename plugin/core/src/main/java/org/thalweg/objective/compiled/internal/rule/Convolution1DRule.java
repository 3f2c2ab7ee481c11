package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.thalweg.objective.compiled.internal.kernel.Convolution;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.internal.kernel.ZeroPadding;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Convolutions of sequences, which are treated as images one column wide. Causal ones have zeros before the first row.
 */
public final class Convolution1DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Convolution1DLayer.class, Convolution1D.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Convolution1DLayer layer = scope.as(Convolution1DLayer.class);
        Value sequence = scope.dropped(scope.sized(scope.sequences(input), layer.getNIn()));
        TimeWindow windows = TimeWindow.of(scope, layer);
        Window window = windows.window();
        Value column = scope.reshape(sequence, sequence.size(0), 1, sequence.channels());
        Value padded = windows.causal() ? before(scope, column, (window.height() - 1) * window.dilationY()) : column;
        // DL4J declares [out, in, time] for an array that its op reads as [time, in, out], without moving elements.
        // are.
        List<Long> shape = List.of((long) window.height(), 1L, layer.getNIn(), layer.getNOut());
        Map<String, Operand> operands = AffineKernel.operands(
                new Operand.Reshaped(scope.key("W"), shape), layer.hasBias() ? scope.parameter("b") : null);
        long time = window.outputHeight(padded.size(0));
        Value maps = scope.step(new Convolution(window), List.of(padded), operands, time, 1, layer.getNOut());
        Value steps = scope.reshape(maps, time, layer.getNOut());
        // DL4J passes a mask on and does not apply it.
        return SoftmaxAxis.activated(scope, steps, layer.getActivationFn()).withMask(windows.mask(scope, input.mask()));
    }

    private static Value before(LayerScope scope, Value column, int zeros) {
        return zeros == 0
                ? column
                : scope.step(new ZeroPadding(zeros, 0, 0, 0), column, column.size(0) + zeros, 1, column.channels());
    }
}
