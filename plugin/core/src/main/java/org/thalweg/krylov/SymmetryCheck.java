package org.thalweg.krylov;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whether an operator is what every method here takes it for: symmetric. */
public final class SymmetryCheck {

    private SymmetryCheck() {}

    /**
     * |&lt;u, Hv&gt; - &lt;v, Hu&gt;| / (||u|| ||Hv||) for standard normal u and v: rounding for a symmetric operator, of
     * order 1/sqrt(n) for one that is not symmetric at all. Costs two products.
     *
     * @param operator any operator
     * @param seed seed of the random vectors
     * @return the asymmetry, 0 if both inner products and the product vanish; NaN if a product is not finite
     */
    public static double asymmetry(SymmetricOperator operator, long seed) {
        RandomVectors random = new RandomVectors(seed);
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                INDArray u = random.normal(operator.dataType(), operator.dimension());
                INDArray v = random.normal(operator.dataType(), operator.dimension());
                INDArray hu = operator.multiply(u);
                INDArray hv = operator.multiply(v)) {
            double difference = Math.abs(Vectors.dot(u, hv) - Vectors.dot(v, hu));
            return difference == 0 ? 0 : difference / (Vectors.norm(u) * Vectors.norm(hv));
        }
    }
}
