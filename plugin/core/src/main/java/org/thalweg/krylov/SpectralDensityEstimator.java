package org.thalweg.krylov;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Spectral density by stochastic Lanczos quadrature (S. Ubaru, J. Chen and Y. Saad, "Fast Estimation of tr(f(A)) via
 * Stochastic Lanczos Quadrature", 2017; for networks B. Ghorbani, S. Krishnan and Y. Xiao, "An Investigation into Neural
 * Net Optimization via Hessian Eigenvalue Density", 2019).
 *
 * <p>Each probe, a random vector of elements +1 and -1, starts a Lanczos process with full reorthogonalization; the
 * eigenvalues of its tridiagonal matrix are the nodes, the squared first components of the eigenvectors the weights.
 *
 * <p>Memory: {@code steps + 1} vectors and a product; constant over the probes. The static method is as thread-safe as
 * the operator.
 *
 * @since 0.2.0
 */
public final class SpectralDensityEstimator {

    private final LinearOperator operator;
    private final SpectralDensityOptions options;
    private final RandomVectors random;
    private int products;

    private SpectralDensityEstimator(LinearOperator operator, SpectralDensityOptions options) {
        this.operator = operator;
        this.options = options;
        this.random = new RandomVectors(options.seed());
    }

    /**
     * Estimates the density with {@code probes * steps} products, fewer where a probe's Krylov space is smaller.
     *
     * @throws NonFiniteProductException if a product has elements that are not finite
     */
    public static SpectralDensity estimate(LinearOperator operator, SpectralDensityOptions options) {
        return new SpectralDensityEstimator(operator, options).estimate();
    }

    private SpectralDensity estimate() {
        int steps = (int) Math.min(operator.dimension(), options.steps());
        List<Quadrature> quadratures = new ArrayList<>();
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                KrylovBasis basis = new KrylovBasis(operator.space(), steps + 1)) {
            for (int probe = 0; probe < options.probes(); probe++) {
                quadratures.add(quadrature(basis, steps));
            }
        }
        return SpectralDensity.of(quadratures, options, products);
    }

    private Quadrature quadrature(KrylovBasis basis, int steps) {
        basis.clear();
        try (Vector probe = random.rademacher(operator.space())) {
            basis.accept(basis.propose(probe));
        }
        LanczosProcess process = new LanczosProcess(operator, basis, steps);
        boolean grows = true;
        while (grows && process.used() < steps) {
            grows = process.step();
        }
        products += process.products();
        ProjectedProblem.Ritz ritz = process.solve();
        double[] weights = new double[ritz.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = ritz.coordinates()[i][0] * ritz.coordinates()[i][0];
        }
        return new Quadrature(ritz.values(), weights);
    }
}
