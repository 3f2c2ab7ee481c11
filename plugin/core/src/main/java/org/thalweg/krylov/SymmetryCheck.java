package org.thalweg.krylov;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checks that an operator is symmetric, as every method of this package assumes.
 *
 * @since 0.2.0
 */
public final class SymmetryCheck {

    /** Operator-vector products that a check takes. */
    public static final int PRODUCTS = 3;

    /**
     * Share of an operator's Frobenius norm: a smaller antisymmetric part counts as rounding, or as a difference at a
     * kink.
     */
    private static final double ASYMMETRIC = 1e-2;

    /** Error of an inner product in roundings, whatever the length of the vectors. */
    private static final double ROUNDINGS = 100;

    private SymmetryCheck() {}

    /**
     * The largest {@link #asymmetry} of an operator that counts as symmetric: where the antisymmetric part is a share a
     * of the operator, the asymmetry is about a / sqrt(n).
     */
    public static double largest(LinearOperator operator) {
        return Math.max(
                ASYMMETRIC / Math.sqrt((double) operator.dimension()),
                ROUNDINGS * InnerProducts.epsilon(operator.dataType()));
    }

    /**
     * The largest |&lt;u, Hv&gt; - &lt;v, Hu&gt;| / (||u|| ||Hv||) over pairs of {@value #PRODUCTS} standard normal
     * vectors: rounding for a symmetric operator, of order 1/sqrt(n) for one that is not symmetric at all. A single
     * pair may miss it by chance. Costs {@value #PRODUCTS} products.
     *
     * @param operator any operator
     * @param seed seed of the random vectors
     * @return the asymmetry, 0 if inner products and products vanish; NaN if a product is not finite
     */
    public static double asymmetry(LinearOperator operator, long seed) {
        VectorSpace space = operator.space();
        RandomVectors random = new RandomVectors(seed);
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                VectorBatch vectors = random.normal(space, PRODUCTS);
                VectorBatch images = space.batch(PRODUCTS)) {
            double largest = 0;
            for (int i = 0; i < PRODUCTS; i++) {
                try (Vector image = operator.multiply(vectors.get(i))) {
                    space.assign(image, images.get(i));
                }
                for (int j = 0; j < i; j++) {
                    double asymmetry = asymmetry(space, vectors, images, i, j);
                    largest = Double.isNaN(asymmetry) ? asymmetry : Math.max(largest, asymmetry);
                }
            }
            return largest;
        }
    }

    private static double asymmetry(VectorSpace space, VectorBatch vectors, VectorBatch images, int i, int j) {
        double difference =
                Math.abs(space.dot(vectors.get(j), images.get(i)) - space.dot(vectors.get(i), images.get(j)));
        return difference == 0 ? 0 : difference / (space.norm(vectors.get(j)) * space.norm(images.get(i)));
    }
}
