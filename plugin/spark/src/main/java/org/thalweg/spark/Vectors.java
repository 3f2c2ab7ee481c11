package org.thalweg.spark;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays as Spark carries them: {@code float[]} and {@code double[]}, which every serializer knows and copies in one
 * piece.
 */
final class Vectors {

    private Vectors() {}

    /** The elements, row-major, as {@code float[]} or {@code double[]} by the array's type; a copy. */
    static Object elements(INDArray array) {
        INDArray copy = array.dup('c');
        try {
            int length = Math.toIntExact(copy.length());
            switch (copy.dataType()) {
                case FLOAT -> {
                    float[] floats = new float[length];
                    copy.data().asNioFloat().get(0, floats);
                    return floats;
                }
                case DOUBLE -> {
                    double[] doubles = new double[length];
                    copy.data().asNioDouble().get(0, doubles);
                    return doubles;
                }
                default ->
                    throw new IllegalArgumentException(
                            "a vector must be of type FLOAT or DOUBLE, got " + copy.dataType());
            }
        } finally {
            copy.close();
        }
    }

    /** The array of such elements, a copy. */
    static INDArray array(Object elements, long... shape) {
        INDArray flat = elements instanceof float[] floats
                ? Nd4j.createFromArray(floats)
                : Nd4j.createFromArray((double[]) elements);
        return flat.reshape('c', shape);
    }

    /** The vector of such elements, a copy. */
    static INDArray vector(Object elements) {
        return array(elements, length(elements));
    }

    static int length(Object elements) {
        return elements instanceof float[] floats ? floats.length : ((double[]) elements).length;
    }

    /** The array of doubles in a type, {@code FLOAT} or {@code DOUBLE}. */
    static INDArray rounded(double[] elements, DataType type, long... shape) {
        INDArray doubles = array(elements, shape);
        if (type == DataType.DOUBLE) {
            return doubles;
        }
        INDArray cast = doubles.castTo(type);
        doubles.close();
        return cast;
    }

    /** Adds {@code weight} times a vector to a sum. */
    static void add(double weight, Object elements, double[] sum) {
        if (elements instanceof float[] floats) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * floats[i];
            }
        } else {
            double[] doubles = (double[]) elements;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * doubles[i];
            }
        }
    }
}
