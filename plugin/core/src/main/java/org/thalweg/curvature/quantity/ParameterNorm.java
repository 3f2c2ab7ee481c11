package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

/**
 * The Euclidean norm of the objective's parameters, which exclude statistics and frozen layers.
 *
 * @since 0.2.0
 */
public final class ParameterNorm implements CurvatureQuantity {

    @Override
    public String name() {
        return "parameter_norm";
    }

    @Override
    public String description() {
        return "Euclidean norm of the trainable parameters";
    }

    @Override
    public double of(CurvatureContext context) {
        return InnerProducts.norm(context.parameters());
    }
}
