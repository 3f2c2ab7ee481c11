package org.thalweg.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Merges single examples. Deeplearning4j's own merging turns masks {@code [n, 1]} into {@code [n, C]} with ones in all
 * columns except the first. Here a mask keeps its shape; an example without a mask gets ones where others have a mask,
 * and shorter sequences are padded with zeros, which a mask marks.
 */
final class ExampleMerge {

    private static final int SEQUENCE_RANK = 3;
    private static final int TIME = 2;

    private ExampleMerge() {}

    /** Merges all examples in their order; at least one, each with the same inputs and outputs. */
    static MultiDataSet merge(List<MultiDataSet> examples) {
        int inputs = examples.get(0).getFeatures().length;
        int outputs = examples.get(0).getLabels().length;
        INDArray[] features = new INDArray[inputs];
        INDArray[] featuresMasks = new INDArray[inputs];
        for (int i = 0; i < inputs; i++) {
            int k = i;
            List<INDArray> arrays =
                    examples.stream().map(example -> example.getFeatures(k)).toList();
            features[i] = together(arrays);
            featuresMasks[i] = masks(arrays, each(examples, MultiDataSet::getFeaturesMaskArrays, k));
        }
        INDArray[] labels = new INDArray[outputs];
        INDArray[] labelsMasks = new INDArray[outputs];
        for (int i = 0; i < outputs; i++) {
            int k = i;
            List<INDArray> arrays =
                    examples.stream().map(example -> example.getLabels(k)).toList();
            labels[i] = together(arrays);
            labelsMasks[i] = masks(arrays, each(examples, MultiDataSet::getLabelsMaskArrays, k));
        }
        return new org.nd4j.linalg.dataset.MultiDataSet(features, labels, featuresMasks, labelsMasks);
    }

    private interface Masks {
        INDArray @Nullable [] of(MultiDataSet example);
    }

    private static List<@Nullable INDArray> each(List<MultiDataSet> examples, Masks masks, int k) {
        List<@Nullable INDArray> all = new ArrayList<>();
        for (MultiDataSet example : examples) {
            INDArray[] ofExample = masks.of(example);
            all.add(ofExample == null ? null : ofExample[k]);
        }
        return all;
    }

    /** Concatenates arrays; pads sequences to the length of the longest. */
    private static INDArray together(List<INDArray> arrays) {
        INDArray first = arrays.get(0);
        if (arrays.stream().allMatch(first::equalShapes)) {
            return Nd4j.concat(0, arrays.toArray(INDArray[]::new));
        }
        int last = first.rank() - 1;
        long longest = arrays.stream().mapToLong(array -> array.size(-1)).max().orElse(0);
        List<INDArray> padded = new ArrayList<>();
        for (INDArray array : arrays) {
            long[] shape = array.shape().clone();
            shape[last] = longest;
            long[] expected = first.shape().clone();
            expected[last] = longest;
            boolean sequence = last > 0 && last <= TIME && array.rank() == first.rank();
            if (!sequence || !Arrays.equals(shape, expected)) {
                throw new IllegalArgumentException(
                        "examples of a probe must have one shape, or differ in their number of"
                                + " steps only, got " + Arrays.toString(first.shape()) + " and "
                                + Arrays.toString(array.shape()));
            }
            INDArray wide = Nd4j.zeros(array.dataType(), shape);
            wide.get(steps(last, array.size(-1))).assign(array);
            padded.add(wide);
        }
        return Nd4j.concat(0, padded.toArray(INDArray[]::new));
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex[] steps(int axis, long count) {
        org.nd4j.linalg.indexing.INDArrayIndex[] index = new org.nd4j.linalg.indexing.INDArrayIndex[axis + 1];
        Arrays.fill(index, NDArrayIndex.all());
        index[axis] = NDArrayIndex.interval(0, count);
        return index;
    }

    private static @Nullable INDArray masks(List<INDArray> arrays, List<@Nullable INDArray> masks) {
        boolean sequences = arrays.get(0).rank() == SEQUENCE_RANK;
        boolean padded = sequences
                && arrays.stream()
                        .anyMatch(array -> array.size(TIME) != arrays.get(0).size(TIME));
        int widest = -1;
        for (int i = 0; i < masks.size(); i++) {
            INDArray mask = masks.get(i);
            INDArray before = widest < 0 ? null : masks.get(widest);
            if (mask != null && (before == null || WIDTH.compare(mask, before) > 0)) {
                widest = i;
            }
        }
        if (widest < 0 && !padded) {
            return null;
        }
        List<INDArray> all = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            INDArray array = arrays.get(i);
            long[] shape;
            if (widest < 0) {
                shape = new long[] {1, array.size(TIME)};
            } else {
                INDArray template = Objects.requireNonNull(masks.get(widest));
                shape = template.shape().clone();
                if (sequences && template.size(-1) == arrays.get(widest).size(TIME)) {
                    shape[shape.length - 1] = array.size(TIME);
                }
            }
            INDArray mask = masks.get(i);
            all.add(mask == null ? Nd4j.ones(array.dataType(), shape) : spread(mask, shape));
        }
        return together(all);
    }

    private static final Comparator<INDArray> WIDTH =
            Comparator.<INDArray>comparingInt(INDArray::rank).thenComparingLong(INDArray::length);

    /** Expands a mask for a whole example to one for each of its entries, where other examples have such masks. */
    private static INDArray spread(INDArray mask, long[] shape) {
        if (Arrays.equals(mask.shape(), shape)) {
            return mask;
        }
        if (mask.length() == 1) {
            return Nd4j.ones(mask.dataType(), shape).muli(mask.getDouble(0));
        }
        throw new IllegalArgumentException("masks of a probe must have one shape, got " + Arrays.toString(mask.shape())
                + " where others have " + Arrays.toString(shape));
    }
}
