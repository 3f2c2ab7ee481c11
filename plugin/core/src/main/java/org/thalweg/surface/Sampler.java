package org.thalweg.surface;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Slice;

/**
 * Computes missing points, a few per call: a slice's values do not depend on which points share a call.
 *
 * @param train slice of the objective on the training probe
 * @param validation the same on the validation probe, or null
 * @param coordinates of a point by its number
 */
record Sampler(Slice train, @Nullable Slice validation, IntFunction<double[]> coordinates) {

    /**
     * Computes those of the given points that are missing.
     *
     * @param stop called before each group of points; true ends the computation
     * @return whether all of the points are computed
     */
    boolean fill(Samples samples, List<Integer> points, BooleanSupplier stop) {
        List<Integer> missing =
                points.stream().filter(point -> !samples.has(point)).toList();
        int call = train.pointsPerCall();
        for (int from = 0; from < missing.size(); from += call) {
            if (stop.getAsBoolean()) {
                return false;
            }
            compute(samples, missing.subList(from, Math.min(from + call, missing.size())));
        }
        return true;
    }

    private void compute(Samples samples, List<Integer> points) {
        double[][] places = points.stream().map(coordinates::apply).toArray(double[][]::new);
        ObjectiveValue[] values = train.evaluate(places);
        ObjectiveValue[] validated = validation == null ? null : validation.evaluate(places);
        for (int i = 0; i < values.length; i++) {
            samples.set(points.get(i), values[i], validated == null ? Optional.empty() : Optional.of(validated[i]));
        }
    }
}
