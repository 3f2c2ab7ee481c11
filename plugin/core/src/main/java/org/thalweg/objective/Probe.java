package org.thalweg.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The fixed sample on which an objective is evaluated. Arrays are copied when the probe is created and never changed;
 * the first axis of each counts the examples.
 *
 * @since 0.2.0
 */
public final class Probe {

    private final List<INDArray> features;
    private final List<INDArray> labels;
    private final List<@Nullable INDArray> featuresMasks;
    private final List<@Nullable INDArray> labelsMasks;
    private final String source;
    private final int first;

    private Probe(
            List<INDArray> features,
            List<INDArray> labels,
            List<@Nullable INDArray> featuresMasks,
            List<@Nullable INDArray> labelsMasks,
            String source,
            int first) {
        this.features = features;
        this.labels = labels;
        this.featuresMasks = featuresMasks;
        this.labelsMasks = labelsMasks;
        this.source = source;
        this.first = first;
    }

    /**
     * A probe of one features and one labels array, copied.
     *
     * @param features {@code [N, ...]}
     * @param labels {@code [N, C]} or {@code [N, C, T]}
     * @throws IllegalArgumentException if there are no examples, the counts differ, a value is not finite, or masks leave no label
     */
    public static Probe of(INDArray features, INDArray labels) {
        return of(new MultiDataSet(features, labels));
    }

    /** A probe of all examples of a data set, copied. */
    public static Probe of(DataSet data) {
        return of(new MultiDataSet(
                arrays(data.getFeatures()),
                arrays(data.getLabels()),
                arrays(data.getFeaturesMaskArray()),
                arrays(data.getLabelsMaskArray())));
    }

    /** A probe of all examples of a data set with several inputs or outputs, copied. */
    public static Probe of(org.nd4j.linalg.dataset.api.MultiDataSet data) {
        List<INDArray> features = copies("features", data.getFeatures());
        List<INDArray> labels = copies("labels", data.getLabels());
        long examples = features.get(0).size(0);
        if (examples == 0) {
            throw new IllegalArgumentException("probe must have at least one example, got 0");
        }
        for (INDArray array : concat(features, labels)) {
            if (array.size(0) != examples) {
                throw new IllegalArgumentException(
                        "probe arrays must have as many examples as the first features array, " + examples
                                + ", got one of shape " + Arrays.toString(array.shape()));
            }
        }
        List<@Nullable INDArray> labelsMasks = maskCopies(data.getLabelsMaskArrays(), labels.size());
        if (labelsMasks.stream().allMatch(mask -> mask != null && mask.eq(0).all())) {
            throw new IllegalArgumentException("no example of the probe counts: every label is masked");
        }
        return new Probe(
                features,
                labels,
                maskCopies(data.getFeaturesMaskArrays(), features.size()),
                labelsMasks,
                examples + " examples",
                0);
    }

    /**
     * A random sample, without replacement, of everything an iterator has. The iterator is read to its end once and
     * reset before and after, so that a training iterator starts its next epoch from the beginning; the state of ND4J's
     * random generator is restored.
     *
     * <p>An iterator that shuffles with its own generator, such as {@code MnistDataSetIterator}, gives training another
     * order after a sample, which is logged. Use a separate iterator for the probe, over the same data with the same
     * pre-processor; then training is the same to the last bit.
     *
     * @param iterator iterator of the examples; must support {@code reset()}
     * @param size number of examples; all of them if there are fewer
     * @param seed seed of the draw
     * @throws IllegalArgumentException if the iterator cannot be reset, is empty, or returns a batch without features
     *     or labels or with values that are not finite, or if size is not positive
     */
    public static Probe sample(DataSetIterator iterator, int size, long seed) {
        return ProbeSampler.sample(iterator, size, seed);
    }

    /** As {@link #sample(DataSetIterator, int, long)}, for several inputs or outputs. */
    public static Probe sample(MultiDataSetIterator iterator, int size, long seed) {
        return ProbeSampler.sample(iterator, size, seed);
    }

    /** Number of examples, N. */
    public int size() {
        return (int) features.get(0).size(0);
    }

    /** Features, one array for each input of the network, {@code [N, ...]} each. */
    public List<INDArray> features() {
        return features;
    }

    /** Labels, one array for each output of the network, {@code [N, C]} or {@code [N, C, T]} each. */
    public List<INDArray> labels() {
        return labels;
    }

    /** Masks of the features; null for features without a mask. */
    public List<@Nullable INDArray> featuresMasks() {
        return featuresMasks;
    }

    /** Masks of the labels; null for labels without a mask. */
    public List<@Nullable INDArray> labelsMasks() {
        return labelsMasks;
    }

    /** Whether any input has a mask. */
    public boolean hasFeaturesMask() {
        return featuresMasks.stream().anyMatch(mask -> mask != null);
    }

    /** The source of the examples, for provenance. */
    public String source() {
        return source;
    }

    /** The same probe with another {@link #source()}. */
    public Probe from(String source) {
        return new Probe(features, labels, featuresMasks, labelsMasks, source, first);
    }

    /**
     * Index of the first example: 0, or its place in the larger probe that this one is a part of. Dropout masks depend
     * on it.
     */
    public int first() {
        return first;
    }

    /**
     * The same examples as a part of a larger probe.
     *
     * @param first index of the first example in the larger probe
     */
    public Probe startingAt(int first) {
        if (first < 0) {
            throw new IllegalArgumentException("the index of the first example must not be negative, got " + first);
        }
        return new Probe(features, labels, featuresMasks, labelsMasks, source, first);
    }

    /**
     * Consecutive batches of this probe; the last may be smaller. Views, not copies.
     *
     * @param batchSize examples per batch
     */
    public List<Probe> batches(int batchSize) {
        requireSize(batchSize);
        if (batchSize >= size()) {
            return List.of(this);
        }
        List<Probe> batches = new ArrayList<>();
        for (int from = 0; from < size(); from += batchSize) {
            batches.add(range(from, Math.min(from + batchSize, size())));
        }
        return batches;
    }

    /**
     * Consecutive examples of this probe; views, not copies.
     *
     * @param from index of the first example
     * @param to index after the last example
     */
    public Probe range(int from, int to) {
        if (from < 0 || to <= from || to > size()) {
            throw new IllegalArgumentException(
                    "a range must lie within " + size() + " examples, got " + from + " to " + to);
        }
        return new Probe(
                features.stream().map(a -> rows(a, from, to)).toList(),
                labels.stream().map(a -> rows(a, from, to)).toList(),
                maskRows(featuresMasks, from, to),
                maskRows(labelsMasks, from, to),
                source,
                first + from);
    }

    /**
     * Some examples of this probe, copied, in the given order.
     *
     * @param examples their indices
     */
    public Probe select(int... examples) {
        List<@Nullable INDArray> featureMasks = new ArrayList<>();
        featuresMasks.forEach(mask -> featureMasks.add(mask == null ? null : select(mask, examples)));
        List<@Nullable INDArray> labelMasks = new ArrayList<>();
        labelsMasks.forEach(mask -> labelMasks.add(mask == null ? null : select(mask, examples)));
        return new Probe(
                features.stream().map(a -> select(a, examples)).toList(),
                labels.stream().map(a -> select(a, examples)).toList(),
                featureMasks,
                labelMasks,
                source,
                0);
    }

    private static INDArray select(INDArray array, int[] examples) {
        return Nd4j.concat(
                0,
                Arrays.stream(examples)
                        .mapToObj(example -> rows(array, example, example + 1))
                        .toArray(INDArray[]::new));
    }

    /**
     * Every n-th example, including the first: evenly spread, since examples may be sorted.
     *
     * @param n at least 1
     */
    public Probe everyNth(int n) {
        requireSize(n);
        List<@Nullable INDArray> featureMasks = new ArrayList<>();
        featuresMasks.forEach(mask -> featureMasks.add(mask == null ? null : everyNth(mask, n)));
        List<@Nullable INDArray> labelMasks = new ArrayList<>();
        labelsMasks.forEach(mask -> labelMasks.add(mask == null ? null : everyNth(mask, n)));
        return new Probe(
                features.stream().map(a -> everyNth(a, n)).toList(),
                labels.stream().map(a -> everyNth(a, n)).toList(),
                featureMasks,
                labelMasks,
                source,
                0);
    }

    private static INDArray everyNth(INDArray array, int n) {
        List<INDArray> kept = new ArrayList<>();
        for (int i = 0; i < array.size(0); i += n) {
            kept.add(rows(array, i, i + 1));
        }
        return Nd4j.concat(0, kept.toArray(new INDArray[0]));
    }

    /** The probe as a DL4J data set, which shares the arrays. */
    public MultiDataSet toMultiDataSet() {
        return new MultiDataSet(
                features.toArray(new INDArray[0]),
                labels.toArray(new INDArray[0]),
                hasFeaturesMask() ? featuresMasks.toArray(new INDArray[0]) : null,
                labelsMasks.stream().anyMatch(mask -> mask != null) ? labelsMasks.toArray(new INDArray[0]) : null);
    }

    /** A view of some examples of an array. */
    static INDArray rows(INDArray array, int start, int end) {
        INDArrayIndex[] index = new INDArrayIndex[array.rank()];
        Arrays.fill(index, NDArrayIndex.all());
        index[0] = NDArrayIndex.interval(start, end);
        return array.get(index);
    }

    private static List<@Nullable INDArray> maskRows(List<@Nullable INDArray> masks, int start, int end) {
        List<@Nullable INDArray> rows = new ArrayList<>();
        for (INDArray mask : masks) {
            rows.add(mask == null ? null : rows(mask, start, end));
        }
        return rows;
    }

    private static List<INDArray> copies(String what, INDArray @Nullable [] arrays) {
        if (arrays == null || arrays.length == 0) {
            throw new IllegalArgumentException("probe must have " + what + ", got none");
        }
        List<INDArray> copies = new ArrayList<>();
        for (INDArray array : arrays) {
            if (array == null) {
                throw new IllegalArgumentException("probe must have " + what + ", got null");
            }
            if (array.isEmpty() || array.rank() < 1) {
                throw new IllegalArgumentException("probe must have at least one example, got 0 in " + what);
            }
            requireFinite(what, array);
            copies.add(array.dup('c'));
        }
        return List.copyOf(copies);
    }

    private static void requireFinite(String what, INDArray array) {
        if (!array.isR() || isFinite(array)) {
            return;
        }
        for (int i = 0; i < array.size(0); i++) {
            if (!isFinite(rows(array, i, i + 1))) {
                throw new IllegalArgumentException("probe must have finite " + what + ", example " + i
                        + " has NaN or infinite ones: leave it out, or replace them by finite values and mask them");
            }
        }
    }

    private static boolean isFinite(INDArray array) {
        return array.isNaN().none() && array.isInfinite().none();
    }

    private static List<@Nullable INDArray> maskCopies(INDArray @Nullable [] masks, int inputs) {
        List<@Nullable INDArray> copies = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            copies.add(masks == null || masks[i] == null ? null : masks[i].dup('c'));
        }
        return Collections.unmodifiableList(copies);
    }

    private static INDArray @Nullable [] arrays(@Nullable INDArray array) {
        return array == null ? null : new INDArray[] {array};
    }

    private static List<INDArray> concat(List<INDArray> a, List<INDArray> b) {
        List<INDArray> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    static void requireSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, got " + size);
        }
    }
}
