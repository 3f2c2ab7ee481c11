package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Orthonormal vectors in one block of memory, {@code [capacity, n]}, and a candidate for the next one.
 *
 * <p>A vector joins in three moves: {@link #propose} copies it into the candidate's place, {@link #orthogonalize} makes
 * it orthogonal to the others, {@link #accept} takes it in at unit length.
 *
 * <p>Inner products with the whole basis are one matrix-vector product in the basis's own type, at memory bandwidth. In
 * float their sums over n elements lose digits, which does no harm: orthogonalization runs twice ("twice is enough",
 * Giraud, Langou and Rozloznik 2005), the second pass sees products near zero, whose rounding is below that of the
 * vectors themselves, and a coefficient is the sum of both passes.
 */
final class KrylovBasis implements AutoCloseable {

    /** Columns rotated at a time: bounds the temporary. */
    private static final long COLUMNS = 1 << 18;

    private static final int PASSES = 2;

    private final INDArray vectors;
    private final long n;
    private int size;

    /**
     * @param type type of the vectors
     * @param capacity number of vectors, the candidate included
     * @param n length of a vector
     */
    KrylovBasis(DataType type, int capacity, long n) {
        this.vectors = Nd4j.createUninitialized(type, capacity, n);
        this.n = n;
    }

    /** Number of vectors taken in. */
    int size() {
        return size;
    }

    long bytes() {
        return vectors.length() * vectors.dataType().width();
    }

    /** A view of vector i, {@code [n]}; the candidate's is the one after the last. */
    INDArray vector(int i) {
        return vectors.get(NDArrayIndex.point(i), NDArrayIndex.all());
    }

    /** Empties the basis. */
    void clear() {
        size = 0;
    }

    /** A view of all vectors, {@code [size, n]}. */
    INDArray all() {
        return rows(size);
    }

    private INDArray rows(int count) {
        return vectors.get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
    }

    /**
     * Makes a copy of a vector the candidate.
     *
     * @param vector {@code [n]}
     * @return its norm
     */
    double propose(INDArray vector) {
        INDArray candidate = vector(size);
        candidate.assign(vector);
        return Vectors.norm(candidate);
    }

    /**
     * Makes the candidate orthogonal to the basis.
     *
     * @return V^T candidate as it was before: what has been taken out, one coefficient for each vector
     */
    double[] orthogonalize() {
        double[] coefficients = new double[size];
        if (size == 0) {
            return coefficients;
        }
        INDArray basis = rows(size);
        INDArray candidate = vector(size).reshape(n, 1);
        try (INDArray inner = Nd4j.createUninitialized(vectors.dataType(), size, 1);
                INDArray shadow = Nd4j.createUninitialized(vectors.dataType(), n, 1)) {
            for (int pass = 0; pass < PASSES; pass++) {
                multiply(basis, candidate, inner);
                multiply(basis.transpose(), inner, shadow);
                candidate.subi(shadow);
                for (int i = 0; i < size; i++) {
                    coefficients[i] += inner.getDouble(i);
                }
            }
        }
        return coefficients;
    }

    /** Norm of the candidate. */
    double candidateNorm() {
        return Vectors.norm(vector(size));
    }

    /** Takes the candidate in, divided by its norm. */
    void accept(double norm) {
        vector(size).divi(norm);
        size++;
    }

    /**
     * Replaces the first vectors by combinations of them: new vector i is the sum over j of s[i][j] vector j. The vector
     * after those, if there is one, follows the combinations.
     *
     * @param s an orthonormal row of coefficients for each new vector
     */
    void rotate(double[][] s) {
        int used = s[0].length;
        try (INDArray rotation = matrix(s)) {
            for (long from = 0; from < n; from += COLUMNS) {
                long to = Math.min(n, from + COLUMNS);
                INDArray columns = vectors.get(NDArrayIndex.interval(0, used), NDArrayIndex.interval(from, to));
                try (INDArray rotated = Nd4j.createUninitialized(vectors.dataType(), s.length, to - from)) {
                    multiply(rotation, columns, rotated);
                    vectors.get(NDArrayIndex.interval(0, s.length), NDArrayIndex.interval(from, to))
                            .assign(rotated);
                }
            }
        }
        if (size > used) {
            vector(s.length).assign(vector(used));
        }
        size += s.length - used;
    }

    /** The sum over j of s[j] vector j, a new vector {@code [n]}. */
    INDArray combine(double[] s) {
        INDArray sum = Nd4j.createUninitialized(vectors.dataType(), n);
        try (INDArray row = matrix(new double[][] {s})) {
            multiply(rows(s.length).transpose(), row.reshape(s.length, 1), sum.reshape(n, 1));
        }
        return sum;
    }

    private INDArray matrix(double[][] values) {
        INDArray wide = Nd4j.createFromArray(values);
        if (vectors.dataType() == DataType.DOUBLE) {
            return wide;
        }
        try (wide) {
            return wide.castTo(vectors.dataType());
        }
    }

    private static void multiply(INDArray a, INDArray b, INDArray product) {
        Nd4j.exec(new Mmul(a, b, product, 1.0, 0.0, null));
    }

    @Override
    public void close() {
        vectors.close();
    }
}
