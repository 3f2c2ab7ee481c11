package org.thalweg.direction;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Parameterization;

/**
 * The two directions that span a plane through the parameters.
 *
 * @param delta direction of the coordinate alpha, packed, {@code [P]}
 * @param eta direction of the coordinate beta, packed, {@code [P]}
 * @param quantities numbers that describe them: eigenvalues and residuals, shares of variance
 * @since 0.2.0
 */
public record DirectionPair(INDArray delta, INDArray eta, Map<String, Double> quantities) {

    public DirectionPair {
        quantities = Map.copyOf(quantities);
    }

    /** Directions without quantities. */
    public DirectionPair(INDArray delta, INDArray eta) {
        this(delta, eta, Map.of());
    }

    /** Cosine of the angle between them, summed in double, -1 to 1; NaN when one is zero or not finite. */
    public double cosine() {
        double cosine = InnerProducts.dot(delta, eta) / (InnerProducts.norm(delta) * InnerProducts.norm(eta));
        // Rounding can make the cosine of parallel directions slightly larger than 1; NaN stays.
        return Math.max(-1, Math.min(1, cosine));
    }

    /** theta + alpha delta + beta eta. */
    public Parameterization plane() {
        return Parameterization.linear(delta, eta);
    }

    /** Frees both. */
    public void close() {
        delta.close();
        eta.close();
    }
}
