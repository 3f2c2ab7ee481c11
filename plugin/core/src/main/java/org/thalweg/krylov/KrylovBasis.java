package org.thalweg.krylov;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Orthonormal vectors of a space and a candidate for the next one.
 *
 * <p>A vector is added in three steps: {@link #propose} copies it to the candidate, {@link #orthogonalize} removes its
 * part within the basis, {@link #accept} normalizes and adds it.
 */
final class KrylovBasis implements AutoCloseable {

    /** "Twice is enough" for orthogonality to rounding (L. Giraud, J. Langou and M. Rozloznik 2005). */
    private static final int PASSES = 2;

    private final VectorSpace space;
    private final VectorBlock vectors;
    private final Vector candidate;
    private int size;

    /** @param capacity number of vectors */
    KrylovBasis(VectorSpace space, int capacity) {
        this.space = space;
        this.vectors = space.block(capacity);
        this.candidate = space.create();
    }

    /** Number of vectors in the basis. */
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

    /** The candidate; once accepted, the newest vector of the basis until another is proposed. Do not modify it. */
    Vector candidate() {
        return candidate;
    }

    /**
     * Makes a copy of a vector the candidate.
     *
     * @return its norm
     */
    double propose(Vector vector) {
        space.assign(vector, candidate);
        return candidateNorm();
    }

    /** Norm of the candidate. */
    double candidateNorm() {
        return space.norm(candidate);
    }

    /**
     * Makes the candidate orthogonal to the basis.
     *
     * @return V^T times the candidate before the call: the coefficients that were removed, one for each vector
     */
    double[] orthogonalize() {
        double[] coefficients = new double[size];
        for (int pass = 0; pass < PASSES && size > 0; pass++) {
            double[] inner = vectors.innerProducts(size, candidate);
            vectors.subtract(inner, candidate);
            for (int i = 0; i < size; i++) {
                coefficients[i] += inner[i];
            }
        }
        return coefficients;
    }

    /** Divides the candidate by its norm and adds it to the basis. */
    void accept(double norm) {
        space.divide(norm, candidate);
        vectors.set(size, candidate);
        size++;
    }

    /**
     * Replaces the first vectors by combinations of them: new vector i is the sum over j of s[i][j] vector j. The
     * vector after those, if any, is kept after the combinations.
     *
     * @param s an orthonormal row of coefficients for each new vector
     */
    void rotate(double[][] s) {
        int used = s[0].length;
        vectors.rotate(s);
        if (size > used) {
            vectors.copy(used, s.length);
        }
        size += s.length - used;
    }

    /** Drops all vectors except the first. */
    void truncate(int count) {
        size = count;
    }

    /** A new vector, the sum over j of s[j] vector j. */
    Vector combine(double[] s) {
        Vector sum = space.create();
        vectors.combine(s, sum);
        return sum;
    }

    /** Fills a batch with copies of the vectors from index {@code from} on. */
    void copy(int from, VectorBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            vectors.get(from + i, batch.get(i));
        }
    }

    @Override
    public void close() {
        vectors.close();
        candidate.close();
    }
}
