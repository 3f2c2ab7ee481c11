package org.thalweg.krylov;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether an operator is what every method here takes it for: symmetric.
 *
 * @since 0.2.0
 */
public final class SymmetryCheck {

    /** Operator-vector products that a check takes. */
    public static final int PRODUCTS = 2;

    private SymmetryCheck() {}

    /**
     * |&lt;u, Hv&gt; - &lt;v, Hu&gt;| / (||u|| ||Hv||) for standard normal u and v: rounding for a symmetric operator, of
     * order 1/sqrt(n) for one that is not symmetric at all. Costs {@value #PRODUCTS} products.
     *
     * @param operator any operator
     * @param seed seed of the random vectors
     * @return the asymmetry, 0 if both inner products and the product vanish; NaN if a product is not finite
     */
    public static double asymmetry(LinearOperator operator, long seed) {
        VectorSpace space = operator.space();
        RandomVectors random = new RandomVectors(seed);
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                Vector u = random.normal(space);
                Vector v = random.normal(space);
                Vector hu = operator.multiply(u);
                Vector hv = operator.multiply(v)) {
            double difference = Math.abs(space.dot(u, hv) - space.dot(v, hu));
            return difference == 0 ? 0 : difference / (space.norm(u) * space.norm(hv));
        }
    }
}
