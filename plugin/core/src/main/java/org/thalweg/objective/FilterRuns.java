package org.thalweg.objective;

import java.util.Arrays;

/**
 * The places of a block's filters in its packed form, in runs of equal length. A run has either adjacent elements of
 * one filter, or one element of each of several filters.
 *
 * @param length elements of a run
 * @param firstFilters for each run, the filter of its first element
 * @param filterSteps for each element of a run, the index of its filter minus that of the first element; empty where
 *     runs stay within a filter
 */
record FilterRuns(int length, int[] firstFilters, int[] filterSteps) {

    static FilterRuns of(ParameterBlock block) {
        long[] shape = block.shape();
        int[] axes = Arrays.stream(block.packedAxes())
                .filter(axis -> shape[axis] > 1)
                .toArray();
        int[] sizes = Arrays.stream(axes).map(axis -> (int) shape[axis]).toArray();
        int[] steps = Arrays.stream(axes).map(axis -> filterStep(block, axis)).toArray();
        boolean within = axes.length == 0 || steps[axes.length - 1] == 0;
        int inner = axes.length;
        while (inner > 0 && (steps[inner - 1] == 0) == within) {
            inner--;
        }
        int[] runSizes = Arrays.copyOfRange(sizes, inner, axes.length);
        return new FilterRuns(
                Arrays.stream(runSizes).reduce(1, Math::multiplyExact),
                filters(Arrays.copyOf(sizes, inner), steps),
                within ? new int[0] : filters(runSizes, Arrays.copyOfRange(steps, inner, axes.length)));
    }

    /** Increase of the filter's index along an axis; 0 along axes within filters. */
    private static int filterStep(ParameterBlock block, int axis) {
        long[] shape = block.shape();
        int[] filterAxes = block.filterAxes();
        int step = 1;
        for (int i = filterAxes.length - 1; i >= 0; i--) {
            if (filterAxes[i] == axis) {
                return step;
            }
            step *= (int) shape[filterAxes[i]];
        }
        return 0;
    }

    /** Filters of all elements of an array, row by row, from the steps along its axes. */
    private static int[] filters(int[] sizes, int[] steps) {
        int[] filters = {0};
        for (int axis = 0; axis < sizes.length; axis++) {
            int[] finer = new int[Math.multiplyExact(filters.length, sizes[axis])];
            for (int i = 0; i < finer.length; i++) {
                finer[i] = filters[i / sizes[axis]] + i % sizes[axis] * steps[axis];
            }
            filters = finer;
        }
        return filters;
    }

    /**
     * Indices of the filters of some of the block's elements.
     *
     * @param from index of the first element, in packed order
     * @param count number of elements
     * @param into receives the indices, from 0 on
     */
    void filters(int from, int count, int[] into) {
        int run = from / length;
        int at = from % length;
        for (int i = 0; i < count; run++, at = 0) {
            int n = Math.min(length - at, count - i);
            int first = firstFilters[run];
            if (filterSteps.length == 0) {
                Arrays.fill(into, i, i + n, first);
            } else {
                for (int k = 0; k < n; k++) {
                    into[i + k] = first + filterSteps[at + k];
                }
            }
            i += n;
        }
    }
}
