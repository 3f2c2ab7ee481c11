package org.thalweg.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * The examples of an objective, cut into parts.
 *
 * @param parts in the order of the examples
 * @param weights weight of each part's mean in the mean over all examples: its share of the examples
 */
record Parts(List<Part> parts, double[] weights) {

    /**
     * Cuts examples into parts, as equal in size as whole batches allow.
     *
     * @param wanted number of parts; there are fewer if there are fewer batches
     * @param batchSize number of examples that stay together
     */
    static Parts of(long objective, Broadcast<byte[]> recipe, ProbeSource source, int wanted, int batchSize) {
        List<int[]> ranges = ranges(source.size(), wanted, batchSize);
        List<Part> parts = new ArrayList<>();
        double[] weights = new double[ranges.size()];
        for (int i = 0; i < weights.length; i++) {
            int from = ranges.get(i)[0];
            int to = ranges.get(i)[1];
            parts.add(new Part(objective, i, recipe, source.data(from, to)));
            weights[i] = (double) (to - from) / source.size();
        }
        return new Parts(List.copyOf(parts), weights);
    }

    /** Begin and end of each part. */
    static List<int[]> ranges(int size, int wanted, int batchSize) {
        int batches = (size + batchSize - 1) / batchSize;
        int count = Math.min(wanted, batches);
        List<int[]> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = Math.toIntExact((long) batches * i / count * batchSize);
            int to = Math.toIntExact(Math.min((long) batches * (i + 1) / count * batchSize, size));
            ranges.add(new int[] {from, to});
        }
        return ranges;
    }

    /**
     * Copies of all examples, one for each core.
     *
     * @param first number of the first part
     */
    static List<Part> copies(long objective, int first, Broadcast<byte[]> recipe, ProbeSource source, int count) {
        Part.Data all = source.data(0, source.size());
        List<Part> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copies.add(new Part(objective, first + i, recipe, all));
        }
        return List.copyOf(copies);
    }
}
