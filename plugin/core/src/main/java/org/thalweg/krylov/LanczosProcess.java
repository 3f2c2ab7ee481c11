package org.thalweg.krylov;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Lanczos recurrence with full reorthogonalization, one product a step: H V = V T + beta v e^T, with V the first
 * {@link #used()} vectors of the basis and v the one after them.
 */
final class LanczosProcess {

    /** A remainder below this many roundings of the operator's norm has no direction of its own. */
    private static final int BREAKDOWN_ROUNDINGS = 100;

    private final SymmetricOperator operator;
    private final KrylovBasis basis;
    private final int capacity;
    private final double epsilon;
    private ProjectedProblem projected;

    private int used;
    private double beta;
    /** Lower bound of the operator's norm. */
    private double scale;
    /** Largest remainder that was dropped as rounding. */
    private double dropped;

    private int products;

    /**
     * @param basis holds the start vector; grows by one vector a step
     * @param capacity number of steps that the projected problem has room for
     */
    LanczosProcess(SymmetricOperator operator, KrylovBasis basis, int capacity) {
        this.operator = operator;
        this.basis = basis;
        this.capacity = capacity;
        this.epsilon = Vectors.epsilon(operator.dataType());
        this.projected = new ProjectedProblem(capacity);
    }

    /** Number of basis vectors whose products are known. */
    int used() {
        return used;
    }

    int products() {
        return products;
    }

    /** Absolute size of what rounding leaves of a residual. */
    double rounding() {
        return Math.max(dropped, epsilon * scale);
    }

    /**
     * H times the newest vector: its part within the basis goes into the projected problem, the rest becomes the next
     * vector.
     *
     * @return false if there is no rest: the basis spans an invariant subspace, and does not grow
     * @throws NonFiniteProductException if the product has elements that are not finite
     */
    boolean step() {
        INDArray product = operator.multiply(basis.vector(used));
        products++;
        double norm = basis.propose(product);
        Vectors.free(product);
        if (!Double.isFinite(norm)) {
            throw new NonFiniteProductException(products);
        }
        scale = Math.max(scale, norm);
        projected.diagonal(used, basis.orthogonalize()[used]);
        used++;
        beta = basis.candidateNorm();
        boolean invariant = beta <= BREAKDOWN_ROUNDINGS * epsilon * scale || used == operator.dimension();
        if (invariant) {
            dropped = Math.max(dropped, beta);
            beta = 0;
        } else {
            basis.accept(beta);
            if (used < capacity) {
                projected.couple(used - 1, used, beta);
            }
        }
        return !invariant;
    }

    /** Eigenpairs of the projected problem. */
    ProjectedProblem.Ritz solve() {
        ProjectedProblem.Ritz ritz = projected.solve(used);
        scale = Math.max(scale, ritz.norm());
        return ritz;
    }

    /** Residual norm of a Ritz pair, |beta s|, but not less than rounding. */
    double residual(ProjectedProblem.Ritz ritz, int i) {
        return Math.max(Math.abs(beta * ritz.last(i)), rounding());
    }

    /**
     * Ritz vectors become the basis; the newest vector, to which they all couple, follows them (Wu and Simon 2000,
     * section 4).
     *
     * @param ritz of the whole basis
     * @param kept indices of the pairs to keep
     */
    void restart(ProjectedProblem.Ritz ritz, int[] kept) {
        projected = new ProjectedProblem(capacity);
        double[][] coordinates = new double[kept.length][];
        for (int i = 0; i < kept.length; i++) {
            coordinates[i] = ritz.coordinates()[kept[i]];
            projected.diagonal(i, ritz.values()[kept[i]]);
            projected.couple(i, kept.length, beta * ritz.last(kept[i]));
        }
        basis.rotate(coordinates);
        used = kept.length;
    }
}
