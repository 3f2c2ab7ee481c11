package org.thalweg.objective.compiled.spi;

/**
 * The type of a {@link Tensor}'s elements.
 *
 * @since 0.2.0
 */
public enum ElementType {
    /** IEEE single precision. */
    FLOAT(4),
    /** IEEE double precision. */
    DOUBLE(8),
    /** Signed 32-bit integers, for indices. */
    INT(4);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
