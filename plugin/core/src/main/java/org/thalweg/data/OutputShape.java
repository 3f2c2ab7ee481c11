package org.thalweg.data;

import java.io.IOException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What an output of a network is compared with.
 *
 * @param size values an example; 0 where there are several positions an example, or the configuration does not say
 */
record OutputShape(long size) {

    /**
     * Labels in that shape.
     *
     * @param labels {@code [N, C]} as the network gives them; or {@code [N]} or {@code [N, 1]} with the number of a class,
     *     which become one-hot, or with the value itself where the network gives one
     * @param source the file, for messages
     * @throws IOException if they do not fit
     */
    INDArray fit(INDArray labels, String source) throws IOException {
        long examples = labels.size(0);
        if (size == 0) {
            return labels;
        }
        if (labels.length() == examples) {
            return size == 1 ? labels.reshape('c', examples, 1) : oneHot(labels, source);
        }
        if (labels.rank() != 2 || labels.size(1) != size) {
            throw new IOException(source + " has labels of shape " + Arrays.toString(labels.shape()) + ", expected [N, "
                    + size + "], or [N] with the number of the class");
        }
        return labels;
    }

    private INDArray oneHot(INDArray labels, String source) throws IOException {
        double[] classes = labels.dup('c').data().asDouble();
        INDArray oneHot = Nd4j.zeros(labels.dataType(), classes.length, size);
        for (int i = 0; i < classes.length; i++) {
            if (!(classes[i] >= 0 && classes[i] < size) || classes[i] != Math.rint(classes[i])) {
                throw new IOException(source + " must have classes from 0 to " + (size - 1)
                        + ", as many as the network tells apart, got " + classes[i]);
            }
            oneHot.putScalar(i, (long) classes[i], 1);
        }
        return oneHot;
    }
}
