package org.thalweg.analysis.internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.NamedArray;

/**
 * Short digests of arrays that are too large to be recorded.
 *
 * @since 0.2.0
 */
public final class ArrayDigest {

    /** Hexadecimal digits: 64 bits distinguish all arrays that a user has. */
    private static final int DIGITS = 16;

    private ArrayDigest() {}

    /** The digest of arrays of floats or doubles, one after another. */
    public static String of(List<NamedArray> arrays) {
        MessageDigest digest = sha256();
        arrays.forEach(array -> digest.update(bytes(array.values())));
        return digits(digest);
    }

    /** The digest of an array's values in the order 'c'. */
    static String of(INDArray array) {
        MessageDigest digest = sha256();
        INDArray flat = array.dup('c');
        digest.update(bytes(
                array.dataType() == DataType.DOUBLE
                        ? flat.data().asDouble()
                        : flat.data().asFloat()));
        return digits(digest);
    }

    /** The digest of doubles. */
    static String of(double[] values) {
        MessageDigest digest = sha256();
        digest.update(bytes(values));
        return digits(digest);
    }

    private static String digits(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ByteBuffer bytes(Object values) {
        if (values instanceof float[] floats) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * floats.length);
            bytes.asFloatBuffer().put(floats);
            return bytes;
        }
        double[] doubles = (double[]) values;
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * doubles.length);
        bytes.asDoubleBuffer().put(doubles);
        return bytes;
    }
}
