package org.thalweg.objective.compiled.spi;

/**
 * A run of elements in an executor's memory. It is a handle without content: only the executor knows where the elements
 * are. Two buffers are equal only if they are the same object.
 *
 * @since 0.2.0
 */
public final class Buffer {

    private final ElementType type;
    private final long length;

    /**
     * @param type of the elements
     * @param length number of elements
     */
    public Buffer(ElementType type, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("a buffer must not have a negative length, got " + length);
        }
        this.type = type;
        this.length = length;
    }

    public ElementType type() {
        return type;
    }

    /** Number of elements. */
    public long length() {
        return length;
    }

    /** Size in bytes. */
    public long bytes() {
        return length * type.bytes();
    }

    @Override
    public String toString() {
        return type + "[" + length + "]@" + Integer.toHexString(System.identityHashCode(this));
    }
}
