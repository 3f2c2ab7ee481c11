package org.thalweg.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A fingerprint of parameters: identical training runs have the same. */
final class ParameterDigest {

    private ParameterDigest() {}

    /**
     * SHA-256 of the parameters' bytes in DL4J's flat order, little-endian, four or eight bytes each.
     *
     * @param parameters a network's flat vector, FLOAT or DOUBLE
     * @return 64 hexadecimal digits
     */
    static String sha256(INDArray parameters) {
        boolean wide = parameters.dataType() == DataType.DOUBLE;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(parameters.length() * (wide ? 8 : 4)))
                .order(ByteOrder.LITTLE_ENDIAN);
        INDArray flat = parameters.dup('c');
        if (wide) {
            bytes.asDoubleBuffer().put(flat.data().asDouble());
        } else {
            bytes.asFloatBuffer().put(flat.data().asFloat());
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
