package org.thalweg.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws probes from iterators, see {@link Probe#sample(DataSetIterator, int, long)}, by Vitter's algorithm R: each of n
 * examples is kept with the same probability.
 */
final class ProbeSampler {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final Object iterator;
    private final Runnable reset;
    private final BooleanSupplier hasNext;
    private final Supplier<MultiDataSet> next;
    private final int size;
    private final SplittableRandom random;
    private final List<MultiDataSet> kept = new ArrayList<>();
    private long seen;

    private ProbeSampler(
            Object iterator,
            Runnable reset,
            BooleanSupplier hasNext,
            Supplier<@Nullable MultiDataSet> next,
            int size,
            long seed) {
        Probe.requireSize(size);
        this.iterator = iterator;
        this.reset = reset;
        this.hasNext = hasNext;
        this.next = () -> complete(next.get());
        this.size = size;
        this.random = new SplittableRandom(seed);
    }

    static Probe sample(DataSetIterator iterator, int size, long seed) {
        ProbeSampler sampler = new ProbeSampler(
                iterator, iterator::reset, iterator::hasNext, () -> multi(iterator.next()), size, seed);
        return sampler.sample(iterator.resetSupported(), seed);
    }

    static Probe sample(MultiDataSetIterator iterator, int size, long seed) {
        ProbeSampler sampler =
                new ProbeSampler(iterator, iterator::reset, iterator::hasNext, iterator::next, size, seed);
        return sampler.sample(iterator.resetSupported(), seed);
    }

    private Probe sample(boolean resetSupported, long seed) {
        requireReset(resetSupported);
        Random training = Nd4j.getRandom();
        long root = training.rootState();
        long node = training.nodeState();
        try {
            reset.run();
            MultiDataSet first = null;
            while (hasNext.getAsBoolean()) {
                MultiDataSet batch = next.get();
                first = first == null ? copy(batch) : first;
                offer(batch);
            }
            reset.run();
            training.setStates(root, node);
            warnIfShuffled(first);
        } finally {
            training.setStates(root, node);
        }
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("probe must have at least one example, and "
                    + iterator.getClass().getName() + " has none");
        }
        return Probe.of(ExampleMerge.merge(kept))
                .from(String.format(Locale.ROOT, "%,d of %,d examples, drawn with seed %d", kept.size(), seen, seed));
    }

    /**
     * Reads the first batch again: the generator of an iterator that shuffles with its own one has advanced, which
     * cannot be undone.
     */
    private void warnIfShuffled(@Nullable MultiDataSet first) {
        if (first == null || !hasNext.getAsBoolean()) {
            return;
        }
        boolean same = Arrays.equals(first.getFeatures(), next.get().getFeatures());
        reset.run();
        if (!same) {
            LOG.warn(
                    "{} returns other batches after each reset(): the probe's sample has advanced it, and training sees"
                            + " another order of examples than without the sample. Sample from a separate iterator",
                    iterator.getClass().getName());
        }
    }

    private void offer(MultiDataSet batch) {
        int examples = (int) batch.getFeatures(0).size(0);
        for (int i = 0; i < examples; i++) {
            seen++;
            if (kept.size() < size) {
                kept.add(example(batch, i));
            } else {
                long slot = random.nextLong(seen);
                if (slot < size) {
                    kept.set((int) slot, example(batch, i));
                }
            }
        }
    }

    private static @Nullable MultiDataSet multi(@Nullable DataSet batch) {
        return batch == null
                ? null
                : new org.nd4j.linalg.dataset.MultiDataSet(
                        array(batch.getFeatures()),
                        array(batch.getLabels()),
                        array(batch.getFeaturesMaskArray()),
                        array(batch.getLabelsMaskArray()));
    }

    private static INDArray @Nullable [] array(@Nullable INDArray array) {
        return array == null ? null : new INDArray[] {array};
    }

    private MultiDataSet complete(@Nullable MultiDataSet batch) {
        if (batch == null) {
            throw new IllegalArgumentException(iterator.getClass().getName() + " must give batches, next() gave null");
        }
        requireAll("features", batch.getFeatures());
        requireAll("labels", batch.getLabels());
        return batch;
    }

    private void requireAll(String what, INDArray @Nullable [] arrays) {
        if (arrays == null || arrays.length == 0 || Arrays.stream(arrays).anyMatch(array -> array == null)) {
            throw new IllegalArgumentException("probe must have " + what + ", and a batch of "
                    + iterator.getClass().getName() + " has none");
        }
    }

    private static MultiDataSet copy(MultiDataSet batch) {
        return new org.nd4j.linalg.dataset.MultiDataSet(
                Arrays.stream(batch.getFeatures()).map(INDArray::dup).toArray(INDArray[]::new), batch.getLabels());
    }

    private static MultiDataSet example(MultiDataSet batch, int i) {
        return new org.nd4j.linalg.dataset.MultiDataSet(
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

    private void requireReset(boolean supported) {
        if (!supported) {
            throw new IllegalArgumentException("a probe can only be drawn from an iterator that supports reset(), and "
                    + iterator.getClass().getName()
                    + " does not: training would lose the examples read here. Pass a DataSet instead.");
        }
    }
}
