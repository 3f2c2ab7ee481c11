package org.thalweg.data;

import java.io.IOException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * The shape of the labels of an output.
 *
 * @param size values for each example; 0 where an example has several positions, or the configuration does not say
 * @param classNumbers whether the loss takes class numbers, {@code [N, 1]}
 * @param probabilities whether the loss is a cross entropy of bits, which has no minimum for labels outside of 0 to 1
 */
record OutputShape(long size, boolean classNumbers, boolean probabilities) {

    /** An unknown shape; labels stay as they are. */
    static final OutputShape UNKNOWN = new OutputShape(0, false, false);

    /** The shape of so many values under a loss. */
    static OutputShape of(long size, ILossFunction loss) {
        return new OutputShape(size, loss instanceof LossSparseMCXENT, loss instanceof LossBinaryXENT);
    }

    /**
     * Labels in that shape.
     *
     * @param labels {@code [N, C]} in the shape of the output; or {@code [N]} or {@code [N, 1]} with class numbers,
     *     which become one-hot, or with the values for a network with one output value
     * @param source the file, for messages
     * @throws IOException if they do not fit
     */
    INDArray fit(INDArray labels, String source) throws IOException {
        long examples = labels.size(0);
        if (size == 0) {
            return labels;
        }
        if (classNumbers) {
            return classNumbers(labels, source);
        }
        boolean single = labels.length() == examples;
        if (single && size > 1) {
            return oneHot(labels, source);
        }
        if (!single && (labels.rank() != 2 || labels.size(1) != size)) {
            throw new IOException(source + " has labels of shape " + Arrays.toString(labels.shape()) + ", expected [N, "
                    + size + "], or [N] with the number of the class");
        }
        if (probabilities) {
            requireProbabilities(labels, source);
        }
        return single ? labels.reshape('c', examples, 1) : labels;
    }

    private static void requireProbabilities(INDArray labels, String source) throws IOException {
        double[] values = labels.dup('c').data().asDouble();
        int row = values.length / (int) labels.size(0);
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IOException(source + " must have labels from 0 to 1, as the network's loss is a cross entropy"
                        + " of bits, got " + values[i] + " for example " + i / row);
            }
        }
    }

    private INDArray classNumbers(INDArray labels, String source) throws IOException {
        if (labels.length() != labels.size(0)) {
            throw new IOException(source + " has labels of shape " + Arrays.toString(labels.shape())
                    + ", expected [N] with the number of the class");
        }
        classes(labels, source);
        return labels.reshape('c', labels.size(0), 1);
    }

    private INDArray oneHot(INDArray labels, String source) throws IOException {
        double[] classes = classes(labels, source);
        INDArray oneHot = Nd4j.zeros(labels.dataType(), classes.length, size);
        for (int i = 0; i < classes.length; i++) {
            oneHot.putScalar(i, (long) classes[i], 1);
        }
        return oneHot;
    }

    private double[] classes(INDArray labels, String source) throws IOException {
        double[] classes = labels.dup('c').data().asDouble();
        for (int i = 0; i < classes.length; i++) {
            if (!(classes[i] >= 0 && classes[i] < size) || classes[i] != Math.rint(classes[i])) {
                throw new IOException(source + " must have classes from 0 to " + (size - 1)
                        + ", the classes of the network, got " + classes[i]);
            }
        }
        return classes;
    }
}
