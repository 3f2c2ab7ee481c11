package org.thalweg.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Draws probes from iterators, see {@link Probe#sample(DataSetIterator, int, long)}. */
final class ProbeSampler {

    private ProbeSampler() {}

    static Probe sample(DataSetIterator iterator, int size, long seed) {
        Probe.requireSize(size);
        requireReset(iterator.resetSupported(), iterator);
        Reservoir<DataSet> reservoir = new Reservoir<>(size, seed);
        iterator.reset();
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            reservoir.offer(batch.numExamples(), i -> batch.get(i).copy());
        }
        iterator.reset();
        return Probe.of(DataSet.merge(reservoir.drawn(iterator))).from(reservoir.describe(seed));
    }

    static Probe sample(MultiDataSetIterator iterator, int size, long seed) {
        Probe.requireSize(size);
        requireReset(iterator.resetSupported(), iterator);
        Reservoir<org.nd4j.linalg.dataset.api.MultiDataSet> reservoir = new Reservoir<>(size, seed);
        iterator.reset();
        while (iterator.hasNext()) {
            org.nd4j.linalg.dataset.api.MultiDataSet batch = iterator.next();
            int examples = (int) batch.getFeatures(0).size(0);
            reservoir.offer(examples, i -> example(batch, i));
        }
        iterator.reset();
        return Probe.of(MultiDataSet.merge(reservoir.drawn(iterator))).from(reservoir.describe(seed));
    }

    private static org.nd4j.linalg.dataset.api.MultiDataSet example(
            org.nd4j.linalg.dataset.api.MultiDataSet batch, int i) {
        return new MultiDataSet(
                exampleOf(batch.getFeatures(), i),
                exampleOf(batch.getLabels(), i),
                exampleOf(batch.getFeaturesMaskArrays(), i),
                exampleOf(batch.getLabelsMaskArrays(), i));
    }

    private static INDArray @Nullable [] exampleOf(INDArray @Nullable [] arrays, int i) {
        if (arrays == null) {
            return null;
        }
        INDArray[] rows = new INDArray[arrays.length];
        for (int k = 0; k < arrays.length; k++) {
            rows[k] = arrays[k] == null ? null : Probe.rows(arrays[k], i, i + 1).dup();
        }
        return rows;
    }

    private static void requireReset(boolean supported, Object iterator) {
        if (!supported) {
            throw new IllegalArgumentException("a probe can only be drawn from an iterator that supports reset(), and "
                    + iterator.getClass().getName()
                    + " does not: training would lose the examples read here. Pass a DataSet instead.");
        }
    }

    /** Vitter's algorithm R: each of n examples is kept with the same probability. */
    private static final class Reservoir<T> {
        private final int size;
        private final SplittableRandom random;
        private final List<T> kept = new ArrayList<>();
        private long seen;

        Reservoir(int size, long seed) {
            this.size = size;
            this.random = new SplittableRandom(seed);
        }

        void offer(int examples, IntFunction<T> example) {
            for (int i = 0; i < examples; i++) {
                seen++;
                if (kept.size() < size) {
                    kept.add(example.apply(i));
                } else {
                    long slot = random.nextLong(seen);
                    if (slot < size) {
                        kept.set((int) slot, example.apply(i));
                    }
                }
            }
        }

        List<T> drawn(Object iterator) {
            if (kept.isEmpty()) {
                throw new IllegalArgumentException("probe must have at least one example, and "
                        + iterator.getClass().getName() + " has none");
            }
            return kept;
        }

        String describe(long seed) {
            return kept.size() + " of " + seen + " examples, drawn with seed " + seed;
        }
    }
}
