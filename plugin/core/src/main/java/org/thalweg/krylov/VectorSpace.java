package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Vectors of one length and type, and their arithmetic: all that Krylov methods ask of the memory that vectors lie in.
 * {@link Nd4jSpace} is that of ND4J's arrays.
 *
 * <p>A space takes the vectors that it, or a space of the same kind and type, has made. As thread-safe as the memory.
 *
 * @since 0.2.0
 */
public interface VectorSpace {

    /** Length of the vectors, n. */
    long dimension();

    /** Type of the elements, {@code FLOAT} or {@code DOUBLE}. */
    DataType dataType();

    /** The space of vectors of another length in the same memory. */
    VectorSpace ofDimension(long n);

    /** A new vector of undefined elements. */
    Vector create();

    /** A new vector of zeros. */
    Vector zeros();

    /**
     * Takes an array over as a vector; closing the vector frees it.
     *
     * @param array {@code [n]}, of {@link #dataType()}; not to be used afterwards
     */
    Vector fromArray(INDArray array);

    /**
     * Gives a vector back as an array, which is the caller's to close.
     *
     * @param vector of no other vector's elements; not to be used afterwards
     * @return {@code [n]}
     */
    INDArray toArray(Vector vector);

    /** As {@link #fromArray(INDArray)}, of row vectors {@code [k, n]}. */
    VectorBatch batch(INDArray rows);

    /** k new vectors of undefined elements. */
    VectorBatch batch(int k);

    /** Room for vectors. */
    VectorBlock block(int capacity);

    /** {@code to = from}. */
    void assign(Vector from, Vector to);

    /** &lt;x, y&gt;, summed in double, at least over parts of the vectors that are short enough to lose no digits. */
    double dot(Vector x, Vector y);

    /** ||x||, also where the squares of its elements overflow or vanish in its type; not finite if an element is not. */
    double norm(Vector x);

    /** {@code y += a x}. */
    void axpy(double a, Vector x, Vector y);

    /** {@code x *= a}. */
    void scale(double a, Vector x);

    /** {@code x /= a}: rounded once, where {@code scale(1 / a, x)} is twice. */
    void divide(double a, Vector x);

    /** {@code y *= x}, element by element. */
    void multiply(Vector x, Vector y);

    /** The elements {@code from} to {@code to - 1}, a part of the vector: what changes one changes the other. */
    Vector range(Vector vector, long from, long to);
}
