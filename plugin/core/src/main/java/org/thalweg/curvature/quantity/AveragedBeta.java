package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * {@link AveragedAlpha} along eta.
 *
 * @since 0.2.0
 */
public final class AveragedBeta implements CurvatureQuantity {

    @Override
    public String name() {
        return "averaged_beta";
    }

    @Override
    public String description() {
        return "Coordinate beta of the averaged weights on the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.averageCoordinate(1);
    }
}
