package org.thalweg.krylov;

/**
 * Vectors stored together, so that operations on all of them are matrix products. Rows count from 0; a row that was
 * never set is undefined.
 *
 * @since 0.2.0
 */
public interface VectorBlock extends AutoCloseable {

    /** Copies a vector into row i. */
    void set(int i, Vector vector);

    /** Copies row i into a vector. */
    void get(int i, Vector vector);

    /** Copies row {@code from} to row {@code to}. */
    void copy(int from, int to);

    /**
     * The inner products of the first rows with a vector, summed in double.
     *
     * @param count number of rows
     */
    double[] innerProducts(int count, Vector vector);

    /** Subtracts a combination of the first rows from a vector: {@code vector -= sum_i coefficients[i] row_i}. */
    void subtract(double[] coefficients, Vector vector);

    /**
     * Replaces the first rows by combinations of them: row i becomes the sum over j of s[i][j] row j.
     *
     * @param s coefficients, with no more rows than columns
     */
    void rotate(double[][] s);

    /** Writes a combination of the first rows to a vector: {@code vector = sum_j s[j] row_j}. */
    void combine(double[] s, Vector vector);

    /** Frees the memory. Never throws. */
    @Override
    void close();
}
