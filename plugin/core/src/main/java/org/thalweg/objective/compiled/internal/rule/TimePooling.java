package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.thalweg.objective.compiled.internal.kernel.AveragePool;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.MaskFunction;
import org.thalweg.objective.compiled.internal.kernel.Masking;
import org.thalweg.objective.compiled.internal.kernel.MaxPool;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Value;

/** Pools over all unmasked steps of sequences. */
record TimePooling(LayerScope scope, GlobalPoolingLayer layer) {

    /** Less than any activation, but finite, so that nothing is multiplied by infinity. */
    private static final double LEAST = -1e30;

    /** One vector per sequence, as a one-step sequence unless the layer collapses it. */
    Value pooled(Value sequence) {
        int time = scope.sequenceFormat() == RNNFormat.NCW ? 2 : 1;
        int[] dimensions = layer.getPoolingDimensions();
        boolean overTime = dimensions == null ? time == 2 : Arrays.equals(dimensions, new int[] {time});
        if (!overTime || (sequence.mask() != null && time != 2)) {
            throw scope.unsupported("pools sequences over " + Arrays.toString(dimensions) + ", of which only time, ["
                    + time + "], and masks in the format NCW are covered");
        }
        Value pooled = switch (layer.getPoolingType()) {
            case MAX -> largest(sequence);
            case AVG -> mean(sequence);
            case SUM -> scope.sum(scope.masked(sequence), 0);
            case PNORM ->
                PowerMean.of(scope, scope.masked(sequence), layer.getPnorm(), powers -> scope.sum(powers, 0), 1);
        };
        return layer.isCollapseDimensions() ? pooled : scope.reshape(pooled, 1, sequence.channels());
    }

    private Value largest(Value sequence) {
        Value mask = Steps.mask(scope, sequence);
        Value shown = mask == null ? sequence : scope.combine(List.of(sequence, handicap(mask)), 1, 1);
        Value column = scope.reshape(shown, sequence.size(0), 1, sequence.channels());
        Value largest = scope.step(new MaxPool(Window.whole(sequence.size(0), 1)), column, 1, 1, sequence.channels());
        return scope.reshape(largest, sequence.channels());
    }

    /**
     * What DL4J adds to the steps for a mask m: 0 where m is 1, and a number that can never be the maximum where m is
     * 0.
     */
    private Value handicap(Value mask) {
        ComposedFunction function = ComposedFunction.linear(
                m -> m.times(-1).plus(1).plus(m.positive().times(-LEAST).plus(LEAST)));
        Value column = scope.reshape(mask, mask.size(0), 1);
        return scope.elementwise(new ElementwiseKernel(function), column);
    }

    private Value mean(Value sequence) {
        Value mask = Steps.mask(scope, sequence);
        if (mask == null) {
            Value column = scope.reshape(sequence, sequence.size(0), 1, sequence.channels());
            Window whole = Window.whole(sequence.size(0), 1);
            Value mean = scope.step(new AveragePool(whole, false), column, 1, 1, sequence.channels());
            return scope.reshape(mean, sequence.channels());
        }
        Value steps = scope.sum(scope.reshape(mask, mask.size(0), 1), 0);
        Value share = scope.elementwise(new MaskFunction(UnaryFunction.RECIPROCAL), steps);
        return scope.step(new Masking(), List.of(scope.sum(scope.masked(sequence), 0), share), sequence.channels());
    }
}
