package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Vectors of one length and type, and their arithmetic: all that Krylov methods need to know of the memory that vectors
 * lie in. {@link Nd4jSpace} is the space of ND4J's arrays.
 *
 * <p>A space accepts the vectors that it, or a space of the same kind and type, has created. As thread-safe as the
 * memory.
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
     * Turns an array into a vector, which owns it; closing the vector frees it.
     *
     * @param array {@code [n]}, of {@link #dataType()}; must not be used afterwards
     */
    Vector fromArray(INDArray array);

    /**
     * Turns a vector into an array, which the caller closes.
     *
     * @param vector not a part of another vector; must not be used afterwards
     * @return {@code [n]}
     */
    INDArray toArray(Vector vector);

    /** As {@link #fromArray(INDArray)}, for row vectors {@code [k, n]}. */
    VectorBatch batch(INDArray rows);

    /** k new vectors of undefined elements. */
    VectorBatch batch(int k);

    /** A block that can hold a number of vectors. */
    VectorBlock block(int capacity);

    /** {@code to = from}. */
    void assign(Vector from, Vector to);

    /** &lt;x, y&gt;, summed in double, at least over parts of the vectors that are short enough to lose no digits. */
    double dot(Vector x, Vector y);

    /**
     * ||x||, even where the squares of its elements overflow or vanish in its type; not finite if an element is not.
     */
    double norm(Vector x);

    /** {@code y += a x}. */
    void axpy(double a, Vector x, Vector y);

    /** {@code x *= a}. */
    void scale(double a, Vector x);

    /** {@code x /= a}, rounded once; {@code scale(1 / a, x)} rounds twice. */
    void divide(double a, Vector x);

    /** {@code y *= x}, element by element. */
    void multiply(Vector x, Vector y);

    /** A view of the elements {@code from} to {@code to - 1}: changing one changes the other. */
    Vector range(Vector vector, long from, long to);
}
