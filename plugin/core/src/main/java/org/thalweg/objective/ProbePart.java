package org.thalweg.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.ArraySampler;
import org.apache.commons.rng.simple.RandomSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A named subset of a probe's examples.
 *
 * @param name such as {@code batch 3} or {@code class 7}
 * @param examples their indices in the probe, ascending
 * @since 0.2.0
 */
public record ProbePart(String name, int[] examples) {

    private static final String CLASS = "class ";

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
     * Consecutive batches of a probe; the last may be smaller: {@code batch 0}, {@code batch 1}, ...
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
     * Disjoint random batches of nearly equal size that make up a probe: {@code batch 0}, {@code batch 1}, ...
     *
     * @param count number of batches, at most that of the examples
     * @param seed seed of the draw
     * @since 0.2.0
     */
    public static List<ProbePart> random(Probe probe, int count, long seed) {
        if (count < 1 || count > probe.size()) {
            throw new IllegalArgumentException("the number of batches must be between 1 and the " + probe.size()
                    + " examples of the probe, got " + count);
        }
        int[] order = IntStream.range(0, probe.size()).toArray();
        ArraySampler.shuffle(RandomSource.XO_RO_SHI_RO_128_PP.create(seed), order);
        List<ProbePart> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            int from = (int) ((long) part * order.length / count);
            int to = (int) ((part + 1L) * order.length / count);
            int[] examples = Arrays.copyOfRange(order, from, to);
            Arrays.sort(examples);
            parts.add(new ProbePart("batch " + part, examples));
        }
        return parts;
    }

    /**
     * Whether each example of a probe belongs to one class: its only labels are {@code [N, C]} with a single 1 and zeros, or
     * {@code [N, 1]} of zeros and ones.
     *
     * @since 0.2.0
     */
    public static boolean hasClasses(Probe probe) {
        INDArray labels = probe.labels().get(0);
        if (probe.labels().size() > 1 || labels.rank() != 2) {
            return false;
        }
        double[] values = labels.reshape(labels.length()).toDoubleVector();
        int columns = (int) labels.size(1);
        for (int row = 0; row < labels.size(0); row++) {
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                double value = values[row * columns + column];
                if (value != 0 && value != 1) {
                    return false;
                }
                sum += value;
            }
            if (columns > 1 && sum != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * The classes of a probe: {@code class 0}, {@code class 1}, ... An example's class is the place of the largest entry of its first
     * labels, or 1 where a single label exceeds 1/2. Classes without examples are left out.
     *
     * @throws IllegalArgumentException if the labels are not {@code [N, C]}
     */
    public static List<ProbePart> classes(Probe probe) {
        INDArray labels = probe.labels().get(0);
        if (labels.rank() != 2) {
            throw new IllegalArgumentException(
                    "classes need labels of the shape [N, C], got " + Arrays.toString(labels.shape()));
        }
        boolean isSingle = labels.size(1) == 1;
        int[] classes = isSingle
                ? Arrays.stream(labels.reshape(labels.length()).toDoubleVector())
                        .mapToInt(label -> label > 0.5 ? 1 : 0)
                        .toArray()
                : labels.argMax(1).toIntVector();
        List<ProbePart> parts = new ArrayList<>();
        for (int c = 0; c < (isSingle ? 2 : labels.size(1)); c++) {
            int which = c;
            int[] examples = IntStream.range(0, classes.length)
                    .filter(i -> classes[i] == which)
                    .toArray();
            if (examples.length > 0) {
                parts.add(new ProbePart(CLASS + c, examples));
            }
        }
        return parts;
    }

    /**
     * The parts that classes and batches have in common, as far as there are examples: {@code class 0 of batch 0}, {@code class 0 of batch 1},
     * ...
     *
     * @param classes as of {@link #classes}
     * @param batches as of {@link #random}
     * @since 0.2.0
     */
    public static List<ProbePart> crossed(List<ProbePart> classes, List<ProbePart> batches) {
        List<ProbePart> parts = new ArrayList<>();
        for (ProbePart one : classes) {
            for (ProbePart batch : batches) {
                int[] common = Arrays.stream(one.examples)
                        .filter(i -> Arrays.binarySearch(batch.examples, i) >= 0)
                        .toArray();
                if (common.length > 0) {
                    parts.add(new ProbePart(one.name + " of " + batch.name, common));
                }
            }
        }
        return parts;
    }

    /**
     * The number of the class, of a part that {@link #classes} or {@link #crossed} made.
     *
     * @throws IllegalStateException if it has none
     */
    public int classNumber() {
        return number(CLASS);
    }

    /**
     * The number of the batch, of a part that {@link #batches}, {@link #random} or {@link #crossed} made.
     *
     * @throws IllegalStateException if it has none
     * @since 0.2.0
     */
    public int batchNumber() {
        return number("batch ");
    }

    private int number(String kind) {
        int at = name.indexOf(kind);
        if (at < 0) {
            throw new IllegalStateException(name + " has no number of a " + kind.strip());
        }
        int from = at + kind.length();
        int to = name.indexOf(' ', from);
        return Integer.parseInt(name.substring(from, to < 0 ? name.length() : to));
    }
}
