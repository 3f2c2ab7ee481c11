package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.LocalModel;

/**
 * |lambda_min / lambda_max|: how far from convex the landscape is (H. Li et al., "Visualizing the loss landscape of neural
 * nets", 2018, section 6). No product.
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
    public double of(LocalModel model) {
        return Math.abs(model.lambdaMin() / model.lambdaMax());
    }
}
