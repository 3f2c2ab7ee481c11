package org.thalweg.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A named subset of a probe's examples.
 *
 * @param name such as {@code batch 3} or {@code class 7}
 * @param examples their indices in the probe, ascending
 * @since 0.2.0
 */
public record ProbePart(String name, int[] examples) {

    public ProbePart {
        examples = examples.clone();
        if (examples.length == 0) {
            throw new IllegalArgumentException("a part must have at least one example, " + name + " has none");
        }
        for (int i = 0; i < examples.length; i++) {
            if (examples[i] < 0 || (i > 0 && examples[i] <= examples[i - 1])) {
                throw new IllegalArgumentException("the examples of a part must be ascending and not negative, " + name
                        + " has " + Arrays.toString(examples));
            }
        }
    }

    @Override
    public int[] examples() {
        return examples.clone();
    }

    /** Number of examples. */
    public int size() {
        return examples.length;
    }

    /**
     * Consecutive batches of a probe, of which the last may be smaller: {@code batch 0}, {@code batch 1}, ...
     *
     * @param batchSize examples per batch
     */
    public static List<ProbePart> batches(Probe probe, int batchSize) {
        Probe.requireSize(batchSize);
        List<ProbePart> parts = new ArrayList<>();
        for (int from = 0; from < probe.size(); from += batchSize) {
            int to = Math.min(from + batchSize, probe.size());
            parts.add(new ProbePart(
                    "batch " + parts.size(), IntStream.range(from, to).toArray()));
        }
        return parts;
    }

    /**
     * The classes of a probe, by the largest entry of an example's first labels: {@code class 0}, {@code class 1}, ...
     * Classes without examples are left out.
     *
     * @throws IllegalArgumentException if the labels are not {@code [N, C]}
     */
    public static List<ProbePart> classes(Probe probe) {
        INDArray labels = probe.labels().get(0);
        if (labels.rank() != 2) {
            throw new IllegalArgumentException(
                    "classes need labels of the shape [N, C], got " + Arrays.toString(labels.shape()));
        }
        int[] classes = labels.argMax(1).toIntVector();
        List<ProbePart> parts = new ArrayList<>();
        for (int c = 0; c < labels.size(1); c++) {
            int which = c;
            int[] examples = IntStream.range(0, classes.length)
                    .filter(i -> classes[i] == which)
                    .toArray();
            if (examples.length > 0) {
                parts.add(new ProbePart("class " + c, examples));
            }
        }
        return parts;
    }
}
