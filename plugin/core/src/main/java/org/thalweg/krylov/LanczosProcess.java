package org.thalweg.krylov;

/**
 * The Lanczos recurrence with full reorthogonalization, one product a step: H V = V C + beta v e^T, with V the first
 * {@link #used()} vectors of the basis and v the one after them.
 */
final class LanczosProcess {

    private final LinearOperator operator;
    private final KrylovBasis basis;
    private final int capacity;
    private final double epsilon;
    private ProjectedProblem projected;
    private final LanczosPolynomial polynomial;

    private int used;
    private double beta;
    /** Lower bound of the operator's norm. */
    private double scale;

    private int products;

    /**
     * @param basis its newest vector is the start vector; grows by one vector a step
     * @param capacity number of steps that the projected problem can hold
     */
    LanczosProcess(LinearOperator operator, KrylovBasis basis, int capacity) {
        this.operator = operator;
        this.basis = basis;
        this.capacity = capacity;
        this.epsilon = InnerProducts.epsilon(operator.dataType());
        this.projected = new ProjectedProblem(capacity);
        this.polynomial = new LanczosPolynomial(capacity);
    }

    /** The polynomial of the current sequence, if its start is known and no restart has replaced its vectors. */
    LanczosPolynomial polynomial() {
        return polynomial;
    }

    /** Number of basis vectors whose products are known. */
    int used() {
        return used;
    }

    int products() {
        return products;
    }

    /** Absolute size below which values count as rounding. */
    double rounding() {
        return Accuracy.rounding(operator, scale);
    }

    /**
     * Multiplies H with the newest vector: the part of the product within the basis goes into the projected problem,
     * the rest becomes the next vector.
     *
     * @return false if there is no rest: the basis spans an invariant subspace and does not grow
     * @throws NonFiniteProductException if the product has elements that are not finite
     */
    boolean step() {
        double norm;
        try (Vector product = operator.multiply(basis.candidate())) {
            products++;
            norm = basis.propose(product);
        }
        if (!Double.isFinite(norm)) {
            throw new NonFiniteProductException(products);
        }
        scale = Math.max(scale, norm);
        int newest = used++;
        double[] removed = basis.orthogonalize();
        projected.column(newest, removed);
        beta = basis.candidateNorm();
        boolean invariant = beta <= rounding() || used == operator.dimension();
        if (invariant) {
            polynomial.forget();
            projected.defect(newest, beta);
            beta = 0;
        } else {
            polynomial.step(removed[newest], beta);
            projected.couple(newest, used, beta);
            basis.accept(beta);
        }
        return !invariant;
    }

    /** Lower bound of the operator's norm. */
    double scale() {
        return scale;
    }

    /** Eigenpairs of the projected problem. */
    ProjectedProblem.Ritz solve() {
        ProjectedProblem.Ritz ritz = projected.solve(used);
        scale = Math.max(scale, ritz.norm());
        return ritz;
    }

    /** Absolute error of the products. */
    double productError() {
        return operator.productError(scale);
    }

    /**
     * ||H y - theta y|| of a Ritz pair for the products as computed: |beta s| in theory, plus rounding in the basis,
     * and at least one rounding.
     */
    double residual(ProjectedProblem.Ritz ritz, int i) {
        return Math.max(Math.hypot(beta * ritz.last(i), ritz.errors()[i]), epsilon * scale);
    }

    /**
     * Makes Ritz vectors the basis, followed by the newest vector, to which they all couple (Wu and Simon 2000, section
     * 4).
     *
     * @param ritz of the whole basis
     * @param kept indices of the pairs to keep
     */
    void restart(ProjectedProblem.Ritz ritz, int[] kept) {
        polynomial.forget();
        projected = new ProjectedProblem(capacity);
        double[][] coordinates = new double[kept.length][];
        for (int i = 0; i < kept.length; i++) {
            coordinates[i] = ritz.coordinates()[kept[i]];
            projected.couple(i, i, ritz.values()[kept[i]]);
            projected.couple(i, kept.length, beta * ritz.last(kept[i]));
            projected.defect(i, ritz.errors()[kept[i]]);
        }
        basis.rotate(coordinates);
        used = kept.length;
    }

    /**
     * Makes Ritz vectors the basis, without the newest vector: their couplings to it are dropped and belong to their
     * residuals from now on.
     *
     * @param ritz of the whole basis
     * @param kept indices of the pairs to keep
     */
    void lock(ProjectedProblem.Ritz ritz, int[] kept) {
        double coupling = beta;
        restart(ritz, kept);
        for (int i = 0; i < kept.length; i++) {
            projected.couple(i, kept.length, 0);
            projected.defect(i, Math.hypot(coupling * ritz.last(kept[i]), ritz.errors()[kept[i]]));
        }
        basis.truncate(kept.length);
        beta = 0;
    }
}
