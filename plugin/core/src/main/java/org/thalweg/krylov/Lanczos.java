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
 * SIAM J. Matrix Anal. Appl. 22, 2000) with full reorthogonalization. When the basis is full it is replaced by the Ritz
 * vectors of both ends and goes on from there; mathematically this is ARPACK's implicit restart with exact shifts.
 *
 * <p><b>Stopping.</b> A pair has converged when its residual norm (|beta s|, what rounding adds to it, and
 * {@link LinearOperator#productError()}) is within the tolerance. The iteration ends when all pairs asked for have, or when only
 * rounding is left of the others, or with what it has when a budget is spent. It looks when the basis is full for the first
 * time, and after every product from then on.
 *
 * <p><b>Multiple eigenvalues.</b> A Krylov space holds one vector of each eigenspace. Where several eigenvalues of an end are
 * asked for, the iteration goes on from a fresh random vector orthogonal to the converged ones, until that has changed nothing;
 * a pair that was not looked at again before a budget was spent has not converged. The same happens where the residual vanishes.
 *
 * <p><b>Cost.</b> One product a step, the fresh look at least as many as the basis is large, and four passes over the basis for orthogonality. Memory: the basis and three
 * vectors, within {@link LanczosOptions#memoryBudget()}; constant over the iteration.
 *
 * <p>Immutable; safe for use by several threads, each with its own operator.
 *
 * @since 0.2.0
 */
public final class Lanczos {

    private final LanczosOptions options;

    public Lanczos(LanczosOptions options) {
        this.options = options;
    }

    /**
     * Runs from a random start vector.
     *
     * @throws IllegalArgumentException if more eigenvalues are asked for than the operator has, its type is neither
     *     FLOAT nor DOUBLE, or the memory budget does not hold the smallest basis
     * @throws NonFiniteProductException if a product has NaN or infinite elements
     */
    public LanczosResult run(LinearOperator operator) {
        return run(operator, null);
    }

    /**
     * Runs from a given start, to which a small random vector is added, as the new extreme eigenvectors may be orthogonal to
     * it.
     *
     * @param start a vector {@code [n]}, or several {@code [j, n]} whose sum is the start, such as the eigenvectors
     *     found last time; null for a random one. Not modified.
     * @return both ends; close it if it has eigenvectors
     */
    public LanczosResult run(LinearOperator operator, @Nullable INDArray start) {
        long n = operator.dimension();
        require(operator, start);
        int basisSize = options.basisSizeWithin(n, operator.dataType());
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                LanczosIteration iteration = new LanczosIteration(operator, options, basisSize)) {
            return iteration.run(start);
        }
    }

    private void require(LinearOperator operator, @Nullable INDArray start) {
        long n = operator.dimension();
        if (Math.max(options.largest(), options.smallest()) > n) {
            throw new IllegalArgumentException("an operator of dimension " + n + " has " + n
                    + " eigenvalues, asked for " + options.largest() + " largest and " + options.smallest()
                    + " smallest");
        }
        if (operator.dataType() != DataType.FLOAT && operator.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException("operator must be of type FLOAT or DOUBLE, got " + operator.dataType());
        }
        if (start != null && (start.length() == 0 || start.size(start.rank() - 1) != n)) {
            throw new IllegalArgumentException(
                    "start vectors must have length " + n + ", got shape " + Arrays.toString(start.shape()));
        }
    }
}
