package org.thalweg.video.scene;

import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;

/** The numbers of a recorded frame, without its surface. Immutable. */
public record Moment(
        long iteration,
        int epoch,
        Frame.Status status,
        double loss,
        OptionalDouble accuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy,
        CurvatureValues curvature) {

    static Moment of(Frame frame) {
        return new Moment(
                frame.iteration(),
                frame.epoch(),
                frame.status(),
                frame.loss(),
                frame.accuracy(),
                frame.validationLoss(),
                frame.validationAccuracy(),
                frame.curvature());
    }
}
