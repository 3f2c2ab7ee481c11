package org.thalweg.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.internal.HostMemory;

/**
 * Arrays in the form that Spark transfers: bytes, which every serializer copies in one piece. The first byte is ND4J's
 * number of the type; the others are the elements as in memory.
 */
final class ArrayBytes {

    private static final int HEADER = 1;

    private ArrayBytes() {}

    /**
     * A copy of the elements of an array, row-major.
     *
     * @throws IllegalArgumentException if it does not contain numbers
     */
    static byte[] bytes(INDArray array) {
        DataType type = array.dataType();
        if (!type.isNumerical() && type != DataType.BOOL) {
            throw new IllegalArgumentException("an array must contain numbers, got one of type " + type);
        }
        INDArray copy = array.dup('c');
        HostMemory.fetch(copy);
        byte[] bytes = new byte[HEADER + Math.toIntExact(copy.length() * type.width())];
        bytes[0] = (byte) type.toInt();
        copy.data().asNio().get(0, bytes, HEADER, bytes.length - HEADER);
        copy.close();
        return bytes;
    }

    /** Copies such bytes into an array. */
    static INDArray array(byte[] bytes, long... shape) {
        INDArray array = Nd4j.createUninitialized(type(bytes), shape);
        array.data().asNio().put(0, bytes, HEADER, bytes.length - HEADER);
        HostMemory.changed(array);
        return array;
    }

    /** Copies such bytes into a vector. */
    static INDArray vector(byte[] bytes) {
        return array(bytes, length(bytes));
    }

    /** Number of elements. */
    static int length(byte[] bytes) {
        return (bytes.length - HEADER) / type(bytes).width();
    }

    /** A range of the elements, in the same form. */
    static byte[] range(byte[] bytes, int from, int to) {
        int width = type(bytes).width();
        byte[] range = new byte[HEADER + (to - from) * width];
        range[0] = bytes[0];
        System.arraycopy(bytes, HEADER + from * width, range, HEADER, range.length - HEADER);
        return range;
    }

    /** Adds {@code weight} times a vector of type {@code FLOAT} or {@code DOUBLE} to a sum. */
    static void add(double weight, byte[] bytes, double[] sum) {
        ByteBuffer elements =
                ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER).slice().order(ByteOrder.nativeOrder());
        if (type(bytes) == DataType.FLOAT) {
            FloatBuffer floats = elements.asFloatBuffer();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * floats.get(i);
            }
        } else {
            DoubleBuffer doubles = elements.asDoubleBuffer();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * doubles.get(i);
            }
        }
    }

    /** An array of doubles, rounded to a type: {@code FLOAT} or {@code DOUBLE}. */
    static INDArray rounded(double[] elements, DataType type, long... shape) {
        INDArray doubles = Nd4j.createFromArray(elements).reshape('c', shape);
        if (type == DataType.DOUBLE) {
            return doubles;
        }
        INDArray cast = doubles.castTo(type);
        doubles.close();
        return cast;
    }

    private static DataType type(byte[] bytes) {
        return DataType.fromInt(bytes[0]);
    }
}
