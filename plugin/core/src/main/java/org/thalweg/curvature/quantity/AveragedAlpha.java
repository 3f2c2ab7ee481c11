package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The coordinate along delta of the {@linkplain CurvatureContext#average averaged weights}' projection onto the frame's plane.
 *
 * @since 0.2.0
 */
public final class AveragedAlpha implements CurvatureQuantity {

    @Override
    public String name() {
        return "averaged_alpha";
    }

    @Override
    public String description() {
        return "Coordinate alpha of the averaged weights on the surface";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.averageCoordinate(0);
    }
}
