package org.thalweg.krylov;

import java.time.Duration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How many eigenpairs of each end, how exactly, and at what cost. Immutable.
 *
 * @param largest number of algebraically largest eigenvalues
 * @param smallest number of algebraically smallest eigenvalues
 * @param basisSize largest dimension of the Krylov basis, at least {@code largest + smallest + 1}. A larger one needs more
 *     memory and fewer products, but as many as it is large: it is filled once before its values are believed.
 * @param maxProducts operator-vector products after which the iteration ends with what it has
 * @param tolerance bound for residual norms, relative as the rule says; 0 asks for rounding error
 * @param rule what the tolerance is relative to
 * @param seed seed of random start vectors
 * @param memoryBudget bytes for the basis and working vectors; a smaller basis is used where this one does not fit
 * @param timeBudget wall time after which the iteration ends with what it has; looked at before each product
 * @param eigenvectors whether the pairs have vectors
 * @since 0.2.0
 */
public record LanczosOptions(
        int largest,
        int smallest,
        int basisSize,
        int maxProducts,
        double tolerance,
        ToleranceRule rule,
        long seed,
        long memoryBudget,
        Duration timeBudget,
        boolean eigenvectors) {

    /**
     * Five eigenvalues of each end to 1e-3 of each, from a basis of 40 within 2 GiB, at most 400 products and ten
     * minutes.
     */
    public static final LanczosOptions DEFAULT = new LanczosOptions(
            5, 5, 40, 400, 1e-3, ToleranceRule.RELATIVE_TO_EACH, 12345, 2L << 30, Duration.ofMinutes(10), false);

    /** Beside the basis: its candidate, the product, and a temporary of the same length. */
    private static final int WORKING_VECTORS = 3;

    public LanczosOptions {
        if (largest < 0 || smallest < 0 || largest + smallest < 1) {
            throw new IllegalArgumentException("at least one eigenvalue must be asked for, and no negative number, got "
                    + largest + " largest and " + smallest + " smallest");
        }
        if (basisSize < largest + smallest + 1) {
            throw new IllegalArgumentException("basis size must be at least " + (largest + smallest + 1) + " for "
                    + largest + " largest and " + smallest + " smallest eigenvalues, got " + basisSize);
        }
        if (maxProducts < 1) {
            throw new IllegalArgumentException("maximum number of products must be at least 1, got " + maxProducts);
        }
        if (!(tolerance >= 0) || tolerance >= 1) {
            throw new IllegalArgumentException("tolerance must be in [0, 1), got " + tolerance);
        }
        if (memoryBudget < 1) {
            throw new IllegalArgumentException("memory budget must be at least 1 byte, got " + memoryBudget);
        }
        if (timeBudget.isNegative() || timeBudget.isZero()) {
            throw new IllegalArgumentException("time budget must be positive, got " + timeBudget);
        }
    }

    /** How many pairs are asked for at both ends together. */
    public int wanted() {
        return largest + smallest;
    }

    /** Bytes that the smallest possible basis takes for vectors of length n, with what is needed beside it. */
    public long smallestBytes(long n, DataType type) {
        return bytes((int) Math.min(n, wanted() + 1L), n, type);
    }

    /**
     * The basis size for vectors of length n: what is asked for, or what fits the memory budget.
     *
     * @throws IllegalArgumentException if even the smallest basis does not fit
     */
    public int basisSizeWithin(long n, DataType type) {
        long size = Math.min(n, basisSize);
        while (bytes((int) size, n, type) > memoryBudget) {
            size--;
            if (size < Math.min(n, wanted() + 1L)) {
                throw new IllegalArgumentException("memory budget must be at least " + smallestBytes(n, type)
                        + " bytes for " + wanted() + " eigenvalues in " + n + " dimensions, got " + memoryBudget);
            }
        }
        return (int) size;
    }

    /**
     * Bytes of the basis that is used for vectors of length n, with what is needed beside it; 0 where not even the smallest
     * fits the memory budget, so that there is none.
     */
    public long bytesWithin(long n, DataType type) {
        return smallestBytes(n, type) > memoryBudget ? 0 : bytes(basisSizeWithin(n, type), n, type);
    }

    private long bytes(int size, long n, DataType type) {
        return (size + WORKING_VECTORS + (eigenvectors ? wanted() : 0L)) * n * type.width();
    }

    /** k eigenvalues of each end, with the basis enlarged to 4k where it is smaller. */
    public LanczosOptions withEachEnd(int k) {
        return new LanczosOptions(
                k,
                k,
                Math.max(basisSize, 4 * k),
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    /** Numbers of eigenvalues of the two ends. */
    public LanczosOptions withEnds(int largest, int smallest) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withBasisSize(int basisSize) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withMaxProducts(int maxProducts) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withTolerance(double tolerance, ToleranceRule rule) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withSeed(long seed) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withMemoryBudget(long memoryBudget) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withTimeBudget(Duration timeBudget) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }

    public LanczosOptions withEigenvectors(boolean eigenvectors) {
        return new LanczosOptions(
                largest,
                smallest,
                basisSize,
                maxProducts,
                tolerance,
                rule,
                seed,
                memoryBudget,
                timeBudget,
                eigenvectors);
    }
}
