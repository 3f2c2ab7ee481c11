package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.thalweg.objective.compiled.internal.kernel.AveragePool;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Pools of sequences, which are treated as images one column wide. */
public final class Subsampling1DRule implements LayerRule {

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(Subsampling1DLayer.class, Pooling1D.class);
    }

    @Override
    public boolean acceptsMask() {
        return true;
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        Subsampling1DLayer layer = scope.as(Subsampling1DLayer.class);
        Value sequence = scope.sequences(input);
        TimeWindow windows = TimeWindow.of(scope, layer);
        Window window = windows.window();
        if (windows.causal() || window.dilated()) {
            throw scope.unsupported("is a causal pool or one with dilation, which is not covered");
        }
        Kernel kernel = switch (layer.getPoolingType()) {
            case MAX -> new MaxPool(window);
            case AVG -> new AveragePool(window, layer.isAvgPoolIncludePadInDivisor());
            default -> throw scope.unsupported("has " + layer.getPoolingType() + " pooling, not covered");
        };
        long time = window.outputHeight(sequence.size(0));
        Value column = scope.reshape(sequence, sequence.size(0), 1, sequence.channels());
        Value pooled = scope.step(kernel, column, time, 1, sequence.channels());
        Value steps = scope.reshape(pooled, time, sequence.channels());
        // DL4J passes a mask on and does not apply it.
        return steps.withMask(windows.mask(scope, input.mask()));
    }
}
