package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Unrolls a recurrent layer: one step of the program for each step of the sequences; all of them read the same arrays.
 *
 * @param scope of the layer
 * @param backwards whether the last step comes first
 * @param masks whether state and output are zero at masked steps
 */
record Recurrence(LayerScope scope, boolean backwards, boolean masks) {

    /**
     * Adds the steps.
     *
     * @param projected x W + b of all steps, {@code [time, ...]}, with the mask of x
     * @return the outputs of all steps, {@code [time, size]}, with the same mask
     */
    Value unroll(RecurrentCell cell, Value projected) {
        int time = (int) projected.size(0);
        Value mask = masks ? Steps.mask(scope, projected) : null;
        Value[] outputs = new Value[time];
        List<Value> state = List.of();
        for (int i = 0; i < time; i++) {
            int t = backwards ? time - 1 - i : i;
            state = cell.step(scope.select(projected, 0, t), state);
            if (mask != null) {
                Value one = scope.slice(mask, 0, t, t + 1);
                state = state.stream()
                        .map(value -> scope.masked(value.withMask(one)).withMask(null))
                        .toList();
            }
            Value output = state.get(0);
            outputs[t] = scope.reshape(output, 1, output.length());
        }
        return scope.concatenate(Arrays.asList(outputs), 0).withMask(projected.mask());
    }
}
