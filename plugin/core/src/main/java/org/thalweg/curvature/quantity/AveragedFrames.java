package org.thalweg.curvature.quantity;

import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * How many frames {@link AveragedLoss} averages. A run that was continued begins again.
 *
 * @since 0.2.0
 */
public final class AveragedFrames implements CurvatureQuantity {

    @Override
    public String name() {
        return "averaged_frames";
    }

    @Override
    public String description() {
        return "Number of frames whose weights are averaged, up to 6";
    }

    @Override
    public double of(CurvatureContext context) {
        return context.averagedFrames();
    }
}
