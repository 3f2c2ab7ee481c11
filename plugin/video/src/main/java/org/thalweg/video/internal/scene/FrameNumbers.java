package org.thalweg.video.internal.scene;

import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.video.internal.scene.MinimizerPath.Place;

/**
 * The numbers of a recorded frame, without its surface. Immutable.
 *
 * @param place of the minimizer on the frame's plane: (0, 0) unless the run has one fixed plane
 */
public record FrameNumbers(
        long iteration,
        int epoch,
        Frame.Status status,
        double loss,
        OptionalDouble accuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy,
        CurvatureValues curvature,
        Place place) {

    static FrameNumbers of(Frame frame) {
        return new FrameNumbers(
                frame.iteration(),
                frame.epoch(),
                frame.status(),
                frame.loss(),
                frame.accuracy(),
                frame.validationLoss(),
                frame.validationAccuracy(),
                frame.curvature(),
                new Place(
                        frame.quantities().getOrDefault("trajectory_alpha", 0.0),
                        frame.quantities().getOrDefault("trajectory_beta", 0.0)));
    }
}
