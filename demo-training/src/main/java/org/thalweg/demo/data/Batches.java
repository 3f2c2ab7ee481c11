package org.thalweg.demo.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.thalweg.objective.Probe;

/**
 * Examples in batches, shuffled for every epoch. The order depends on the seed and the epoch alone, so other readers of
 * the examples do not change training.
 *
 * @param examples all examples
 * @param size examples in a batch; the last batch of an epoch may be smaller
 * @param seed seed of the order
 */
public record Batches(Examples examples, int size, long seed) {

    public Batches {
        if (size < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, got " + size);
        }
    }

    /** Number of batches in an epoch. */
    public int perEpoch() {
        return (examples.size() + size - 1) / size;
    }

    /**
     * The batches of an epoch.
     *
     * @param epoch number of the epoch, from 0
     * @param limit largest number of batches
     */
    public DataSetIterator epoch(int epoch, long limit) {
        return epoch(epoch, 0, limit);
    }

    /**
     * The rest of an epoch.
     *
     * @param epoch number of the epoch, from 0
     * @param done number of batches to skip at the start
     * @param limit largest number of batches, including the skipped ones
     */
    public DataSetIterator epoch(int epoch, long done, long limit) {
        int[] order = shuffled(epoch);
        Iterable<DataSet> batches = () -> IntStream.range(0, perEpoch())
                .limit(limit)
                .skip(done)
                .mapToObj(b ->
                        examples.dataSet(Arrays.copyOfRange(order, b * size, Math.min((b + 1) * size, order.length))))
                .iterator();
        return new ExistingDataSetIterator(batches);
    }

    /**
     * A random sample of the examples as a probe.
     *
     * @param count number of examples; all if there are fewer
     */
    public Probe probe(int count) {
        Probe probe = Probe.sample(epoch(0, perEpoch()), count, seed);
        return probe.from(probe.source() + ", of " + examples.source());
    }

    private int[] shuffled(int epoch) {
        return new PermutationSampler(RandomStreams.of(seed, epoch), examples.size(), examples.size()).sample();
    }
}
