package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Orthonormal vectors of length n, and a candidate for the next one.
 *
 * <p>A vector joins in three moves: {@link #propose} makes a copy of it the candidate, {@link #orthogonalize} takes out
 * what lies within the basis, {@link #accept} takes it in at unit length.
 *
 * <p>The vectors lie in blocks of {@value #COLUMNS} columns, {@code [capacity, columns]} each, so that inner products
 * with all of them are one matrix-vector product a block, at memory bandwidth, and lose no digits in float: partial sums
 * of a block are added up in double.
 */
final class KrylovBasis implements AutoCloseable {

    private static final int COLUMNS = 1 << 16;

    /** "Twice is enough" for orthogonality to rounding (L. Giraud, J. Langou and M. Rozloznik 2005). */
    private static final int PASSES = 2;

    private final DataType type;
    private final long n;
    private final INDArray[] blocks;
    private final INDArray candidate;
    private int size;

    /**
     * @param type type of the vectors
     * @param capacity number of vectors
     * @param n length of a vector
     */
    KrylovBasis(DataType type, int capacity, long n) {
        this.type = type;
        this.n = n;
        this.blocks = new INDArray[(int) ((n + COLUMNS - 1) / COLUMNS)];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = Nd4j.createUninitialized(type, capacity, Math.min(COLUMNS, n - (long) b * COLUMNS));
        }
        this.candidate = Nd4j.createUninitialized(type, n);
    }

    /** Number of vectors taken in. */
    int size() {
        return size;
    }

    /** Memory of the vectors and the candidate. */
    static long bytes(DataType type, int capacity, long n) {
        return (capacity + 1L) * n * type.width();
    }

    /** Empties the basis. */
    void clear() {
        size = 0;
    }

    /**
     * The candidate, {@code [n]}; once accepted, the newest vector of the basis until another is proposed. Not to be
     * modified.
     */
    INDArray candidate() {
        return candidate;
    }

    /**
     * Makes a copy of a vector the candidate.
     *
     * @param vector {@code [n]}
     * @return its norm
     */
    double propose(INDArray vector) {
        candidate.assign(vector);
        return candidateNorm();
    }

    /** Norm of the candidate. */
    double candidateNorm() {
        return Vectors.norm(candidate);
    }

    /**
     * Makes the candidate orthogonal to the basis.
     *
     * @return V^T candidate as it was before: what has been taken out, one coefficient for each vector
     */
    double[] orthogonalize() {
        double[] coefficients = new double[size];
        for (int pass = 0; pass < PASSES && size > 0; pass++) {
            double[] inner = innerProducts();
            subtract(inner);
            for (int i = 0; i < size; i++) {
                coefficients[i] += inner[i];
            }
        }
        return coefficients;
    }

    private double[] innerProducts() {
        double[] sums = new double[size];
        try (INDArray partial = Nd4j.createUninitialized(type, size, 1)) {
            for (int b = 0; b < blocks.length; b++) {
                multiply(rows(b, size), column(candidate, b), partial);
                double[] values = partial.data().asDouble();
                for (int i = 0; i < size; i++) {
                    sums[i] += values[i];
                }
            }
        }
        return sums;
    }

    private void subtract(double[] coefficients) {
        try (INDArray factors = matrix(new double[][] {coefficients})) {
            for (int b = 0; b < blocks.length; b++) {
                INDArray part = column(candidate, b);
                try (INDArray shadow = Nd4j.createUninitialized(type, part.length(), 1)) {
                    multiply(rows(b, size).transpose(), factors.reshape(size, 1), shadow);
                    part.subi(shadow);
                }
            }
        }
    }

    /** Takes the candidate in, divided by its norm. */
    void accept(double norm) {
        candidate.divi(norm);
        for (int b = 0; b < blocks.length; b++) {
            row(b, size).assign(part(candidate, b));
        }
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
            for (int b = 0; b < blocks.length; b++) {
                try (INDArray rotated = Nd4j.createUninitialized(type, s.length, blocks[b].size(1))) {
                    multiply(rotation, rows(b, used), rotated);
                    rows(b, s.length).assign(rotated);
                }
                if (size > used) {
                    row(b, s.length).assign(row(b, used));
                }
            }
        }
        size += s.length - used;
    }

    /** The sum over j of s[j] vector j, a new vector {@code [n]}. */
    INDArray combine(double[] s) {
        INDArray sum = Nd4j.createUninitialized(type, n);
        try (INDArray factors = matrix(new double[][] {s})) {
            for (int b = 0; b < blocks.length; b++) {
                multiply(rows(b, s.length).transpose(), factors.reshape(s.length, 1), column(sum, b));
            }
        }
        return sum;
    }

    /** Copies of vectors, {@code [to - from, n]}. */
    INDArray copies(int from, int to) {
        INDArray copies = Nd4j.createUninitialized(type, to - from, n);
        for (int i = from; i < to; i++) {
            INDArray copy = copies.get(NDArrayIndex.point(i - from), NDArrayIndex.all());
            for (int b = 0; b < blocks.length; b++) {
                part(copy, b).assign(row(b, i));
            }
        }
        return copies;
    }

    /** A view of the first vectors in block b, {@code [count, columns]}. */
    private INDArray rows(int b, int count) {
        return blocks[b].get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
    }

    /** A view of vector i in block b, {@code [columns]}. */
    private INDArray row(int b, int i) {
        return blocks[b].get(NDArrayIndex.point(i), NDArrayIndex.all());
    }

    /** A view of a vector's part that belongs to block b, {@code [columns]}. */
    private INDArray part(INDArray vector, int b) {
        long from = (long) b * COLUMNS;
        return vector.get(NDArrayIndex.interval(from, from + blocks[b].size(1)));
    }

    private INDArray column(INDArray vector, int b) {
        return part(vector, b).reshape(blocks[b].size(1), 1);
    }

    private INDArray matrix(double[][] values) {
        INDArray wide = Nd4j.createFromArray(values);
        if (type == DataType.DOUBLE) {
            return wide;
        }
        try (wide) {
            return wide.castTo(type);
        }
    }

    private static void multiply(INDArray a, INDArray b, INDArray product) {
        Nd4j.exec(new Mmul(a, b, product, 1.0, 0.0, null));
    }

    @Override
    public void close() {
        for (INDArray block : blocks) {
            block.close();
        }
        candidate.close();
    }
}
