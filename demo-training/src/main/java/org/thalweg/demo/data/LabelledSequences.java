package org.thalweg.demo.data;

import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sequences of equal length with one label each, or one at every step. The arrays are not copied and must not be modified.
 *
 * @param features {@code [N, features, steps]}, row-major
 * @param featureShape {@code features, steps}
 * @param labels one-hot, {@code [N, classes]} or {@code [N, classes, steps]}, row-major
 * @param labelShape {@code classes}, or {@code classes, steps}
 * @param source where the sequences come from, for people
 */
public record LabelledSequences(float[] features, long[] featureShape, float[] labels, long[] labelShape, String source)
        implements Examples {

    public LabelledSequences {
        int one = length(featureShape);
        if (features.length == 0 || features.length % one != 0) {
            throw new IllegalArgumentException("features of " + one
                    + " values a sequence must be that many for each, got " + features.length + " from " + source);
        }
        long expected = (long) features.length / one * length(labelShape);
        if (labels.length != expected) {
            throw new IllegalArgumentException(
                    "labels must be " + expected + " values, got " + labels.length + " from " + source);
        }
    }

    @Override
    public int size() {
        return features.length / length(featureShape);
    }

    @Override
    public String kind() {
        return "sequences";
    }

    /** Features {@code [n, features, steps]} and labels {@code [n, classes]} or {@code [n, classes, steps]}. */
    @Override
    public DataSet dataSet(int... sequences) {
        return new DataSet(rows(features, featureShape, sequences), rows(labels, labelShape, sequences));
    }

    private static INDArray rows(float[] values, long[] shape, int... rows) {
        int one = length(shape);
        float[] chosen = new float[rows.length * one];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * one, chosen, i * one, one);
        }
        return Nd4j.createFromArray(chosen)
                .reshape(LongStream.concat(LongStream.of(rows.length), LongStream.of(shape))
                        .toArray());
    }

    private static int length(long... shape) {
        return Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b));
    }
}
