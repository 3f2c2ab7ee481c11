package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

/**
 * sum_i &lt;g, v_i&gt;^2 / ||g||^2 over the eigenvectors of the k largest eigenvalues: the share of the gradient in
 * their space (G. Gur-Ari, D. Roberts and E. Dyer, "Gradient descent happens in a tiny subspace", 2018). No product.
 *
 * @since 0.2.0
 */
public final class GradientTopShare implements CurvatureQuantity {

    @Override
    public String name() {
        return "gradient_top_share";
    }

    @Override
    public String description() {
        return "Share of the squared gradient in the space of the largest eigenvalues that were computed, 0 to 1";
    }

    @Override
    public double of(CurvatureContext context) {
        double inside = 0;
        for (INDArray vector : context.topEigenvectors()) {
            double component = context.dot(context.gradient(), vector);
            inside += component * component;
        }
        double norm = InnerProducts.norm(context.gradient());
        // The formula assumes unit vectors, which these are up to rounding in single precision.
        return Math.min(1, inside / (norm * norm));
    }
}
