package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * |lambda_min / lambda_max|: how far from convex the landscape is (H. Li et al., "Visualizing the loss landscape of neural
 * nets", 2018, section 6). No product.
 *
 * @since 0.2.0
 */
public final class EigenvalueRatio implements CurvatureQuantity {

    @Override
    public String name() {
        return "eigenvalue_ratio";
    }

    @Override
    public String description() {
        return "|lambda_min / lambda_max|: 0 where the landscape is convex";
    }

    @Override
    public double of(CurvatureContext context) {
        return Math.abs(context.lambdaMin() / context.lambdaMax());
    }
}
