package org.thalweg.krylov;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Eigenvalues at both ends of the spectrum of a symmetric operator, H v = lambda v, from one bounded Krylov basis.
 *
 * <p>Thick-restart Lanczos (K. Wu and H. Simon, "Thick-restart Lanczos method for large symmetric eigenvalue problems",
 * SIAM J. Matrix Anal. Appl. 22, 2000) with full reorthogonalization. A full basis is replaced by the Ritz vectors of
 * both ends, and the iteration continues from there; mathematically this is ARPACK's implicit restart with exact
 * shifts.
 *
 * <p><b>Stopping.</b> A pair has converged when its residual norm (|beta s|, rounding, and {@link
 * LinearOperator#productError}) is within the tolerance. The iteration ends when each requested pair has converged or
 * has a residual at rounding level, or when a budget is spent; it then returns what it has. Before it believes that no
 * eigenvalue further out has stayed unseen, the growth of the Lanczos polynomial must leave that a chance of less than one in a
 * thousand for a random start (J. van Dorsselaer, M. Hochstenbach and H. van der Vorst, "Computing probabilistic bounds
 * for extreme eigenvalues of symmetric matrices with the Lanczos method", SIAM J. Matrix Anal. Appl. 22, 2000), or it
 * takes as many products as the basis holds.
 *
 * <p><b>Multiple eigenvalues.</b> A Krylov space holds one vector of each eigenspace. Where several eigenvalues at one
 * end are requested, the iteration therefore restarts from a fresh random vector orthogonal to the converged ones until
 * a restart changes nothing, by the same criterion; a pair that was not checked in this way before a budget was spent
 * counts as not converged. The iteration also restarts so where the residual vanishes.
 *
 * <p><b>Without a basis.</b> With a basis size of {@link #RECURRENCE}, or where memory holds no more, one eigenvalue at each end comes
 * from the three-term recurrence without reorthogonalization, in three vectors. It takes about as many products as a basis that never
 * fills, and each of them a second time where eigenvectors are asked for, in one more vector each. Copies of converged values appear,
 * which change neither end (C. Paige, "Accuracy and effectiveness of the Lanczos algorithm for the symmetric eigenproblem", Linear
 * Algebra Appl. 34, 1980).
 *
 * <p><b>Cost.</b> One product a step, and four passes over the basis for orthogonality. Memory: the basis and three
 * vectors, within {@link KrylovBudget#memory()}, constant over the iteration.
 *
 * <p>Immutable; safe for use by several threads, each with its own operator.
 *
 * @param basisSize largest dimension of the Krylov basis, more than the number of eigenvalues to compute, or {@link #RECURRENCE}. A larger
 *     basis needs more memory and fewer products.
 * @param tolerance bound for residual norms, relative to what the rule says; 0 for rounding error
 * @param rule what the tolerance is relative to
 * @param seed of random start vectors
 * @since 0.2.0
 */
public record Lanczos(int basisSize, double tolerance, ToleranceRule rule, long seed) {

    /** Each eigenvalue to 1e-3 of itself, from a basis of 40. */
    public static final Lanczos DEFAULT = new Lanczos(40, 1e-3, ToleranceRule.RELATIVE_TO_EACH, 12345);

    /**
     * The basis size with which one eigenvalue at each end comes from the three-term recurrence, whose two newest vectors are all that
     * is kept.
     */
    public static final int RECURRENCE = 2;

    /** The recurrence is better than restarts from a smaller basis that memory leaves. */
    static final int LEAST_RESTARTED = 12;

    /** Vectors held in addition to the basis: its candidate, the product, and a temporary. */
    private static final int WORKING_VECTORS = 3;

    public Lanczos {
        if (basisSize < 2) {
            throw new IllegalArgumentException("basis size must be at least 2, got " + basisSize);
        }
        if (!(tolerance >= 0) || tolerance >= 1) {
            throw new IllegalArgumentException("tolerance must be in [0, 1), got " + tolerance);
        }
    }

    public Lanczos withBasisSize(int basisSize) {
        return new Lanczos(basisSize, tolerance, rule, seed);
    }

    public Lanczos withTolerance(double tolerance, ToleranceRule rule) {
        return new Lanczos(basisSize, tolerance, rule, seed);
    }

    public Lanczos withSeed(long seed) {
        return new Lanczos(basisSize, tolerance, rule, seed);
    }

    /** The same algorithm with a basis of at least 4k vectors for k eigenvalues at each end. */
    public Lanczos enlargedFor(int k) {
        return withBasisSize(Math.max(basisSize, 4 * k));
    }

    /**
     * Checks that the basis is large enough for a query.
     *
     * @throws IllegalArgumentException if the basis has no more vectors than there are eigenvalues to compute
     */
    public void requireRoomFor(EigenvalueQuery query) {
        if (basisSize < query.wanted() + 1 && !recurs(query, basisSize)) {
            throw new IllegalArgumentException("basis size must be at least " + (query.wanted() + 1) + " for "
                    + query.largest() + " largest and " + query.smallest() + " smallest eigenvalues, got " + basisSize);
        }
    }

    /** Runs from a random start vector, within {@link KrylovBudget#DEFAULT}. */
    public LanczosResult run(LinearOperator operator, EigenvalueQuery query) {
        return run(operator, query, KrylovBudget.DEFAULT);
    }

    /** Runs from a random start vector. */
    public LanczosResult run(LinearOperator operator, EigenvalueQuery query, KrylovBudget budget) {
        return run(operator, query, budget, null);
    }

    /**
     * Runs from a given start. A small random vector is added to it, since the new extreme eigenvectors may be
     * orthogonal to it.
     *
     * @param start a vector {@code [n]}, or several {@code [j, n]} whose sum is the start, such as the previous
     *     eigenvectors; null for a random one. Not modified.
     * @return both ends; close it if it has eigenvectors
     * @throws IllegalArgumentException if the query has more eigenvalues than the operator or the basis, the operator's
     *     type is neither FLOAT nor DOUBLE, or the memory budget does not hold the smallest basis
     * @throws NonFiniteProductException if a product has a NaN or infinite element
     */
    public LanczosResult run(
            LinearOperator operator, EigenvalueQuery query, KrylovBudget budget, @Nullable INDArray start) {
        requireRoomFor(query);
        require(operator, query, start);
        int fitted = basisSizeWithin(query, budget, operator.space().dimension(), operator.dataType());
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            if (recurs(query, fitted) && operator.dimension() > fitted) {
                return new LanczosRecurrence(operator, this, query, budget, start).run();
            }
            try (LanczosIteration iteration = new LanczosIteration(operator, this, query, budget, fitted)) {
                return iteration.run(start);
            }
        }
    }

    /** Whether a basis of a size is that of the three-term recurrence. */
    private static boolean recurs(EigenvalueQuery query, int size) {
        return size == RECURRENCE && query.largest() <= 1 && query.smallest() <= 1;
    }

    private static void require(LinearOperator operator, EigenvalueQuery query, @Nullable INDArray start) {
        long n = operator.dimension();
        if (Math.max(query.largest(), query.smallest()) > n) {
            throw new IllegalArgumentException("an operator of dimension " + n + " has " + n
                    + " eigenvalues, but the query has " + query.largest() + " largest and " + query.smallest()
                    + " smallest");
        }
        if (operator.dataType() != DataType.FLOAT && operator.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException("operator must be of type FLOAT or DOUBLE, got " + operator.dataType());
        }
        long length = operator.space().dimension();
        if (start != null && (start.length() == 0 || start.size(start.rank() - 1) != length)) {
            throw new IllegalArgumentException(
                    "start vectors must have length " + length + ", got shape " + Arrays.toString(start.shape()));
        }
    }

    /** Bytes of the smallest possible basis for vectors of length n, including working vectors. */
    public static long smallestBytes(EigenvalueQuery query, long n, DataType type) {
        return bytes(smallest(query, n), query, n, type);
    }

    private static int smallest(EigenvalueQuery query, long n) {
        return (int) Math.min(n, recurs(query, RECURRENCE) ? RECURRENCE : query.wanted() + 1L);
    }

    /**
     * The basis size for vectors of length n: the requested one, or the largest that fits the memory budget. For one eigenvalue at
     * each end, a basis of fewer than {@value #LEAST_RESTARTED} is replaced by the recurrence, which takes fewer products.
     *
     * @throws IllegalArgumentException if even the smallest basis does not fit
     */
    public int basisSizeWithin(EigenvalueQuery query, KrylovBudget budget, long n, DataType type) {
        int smallest = smallest(query, n);
        int size = (int) Math.min(n, basisSize);
        while (size > smallest && bytes(size, query, n, type) > budget.memory()) {
            size--;
        }
        if (bytes(size, query, n, type) > budget.memory()) {
            throw new IllegalArgumentException("memory budget must be at least " + smallestBytes(query, n, type)
                    + " bytes for " + query.wanted() + " eigenvalues in " + n + " dimensions, got "
                    + budget.memory());
        }
        boolean shrunk = size < Math.min(n, Math.min(basisSize, LEAST_RESTARTED));
        return shrunk && recurs(query, smallest) ? smallest : size;
    }

    /**
     * Bytes of the basis that is used for vectors of length n, including working vectors; 0 where not even the smallest
     * fits the memory budget.
     */
    public long bytesWithin(EigenvalueQuery query, KrylovBudget budget, long n, DataType type) {
        return smallestBytes(query, n, type) > budget.memory()
                ? 0
                : bytes(basisSizeWithin(query, budget, n, type), query, n, type);
    }

    private static long bytes(int size, EigenvalueQuery query, long n, DataType type) {
        if (recurs(query, size) && size < n) {
            return LanczosRecurrence.bytes(query, n, type);
        }
        return (size + WORKING_VECTORS + (query.eigenvectors() ? query.wanted() : 0L)) * n * type.width();
    }
}
