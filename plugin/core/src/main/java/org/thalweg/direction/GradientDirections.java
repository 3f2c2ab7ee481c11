package org.thalweg.direction;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.Vectors;

/**
 * The direction of steepest descent and the last step of training. eta is the step, theta minus the parameters one
 * iteration before, so that training came from beta = -1; delta is minus the gradient, made as long as the step, so that
 * alpha = 1 is where plain gradient descent would have gone as far. The cosine between them tells how far training follows
 * the gradient.
 *
 * <p>The pair's quantity is {@code step_length}, ||eta||.
 */
public final class GradientDirections implements DirectionSource {

    @Override
    public DirectionPair at(Viewpoint viewpoint) {
        INDArray previous = viewpoint
                .previous()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the last step is not known here: it needs the parameters of"
                                        + " one iteration before, which a listener keeps with watchSteps(true), from the second frame on"));
        INDArray step = Differences.of("the parameters one iteration before", previous, viewpoint.theta())
                .negi();
        double length = Vectors.norm(step);
        INDArray gradient = viewpoint.objective().gradient(viewpoint.theta());
        double slope = Vectors.norm(gradient);
        if (!(slope > 0) || Double.isInfinite(slope)) {
            throw new IllegalStateException("the gradient gives no direction here: its norm is " + slope);
        }
        return new DirectionPair(gradient.muli(-length / slope), step, Map.of("step_length", length));
    }

    @Override
    public String describe() {
        return "steepest descent and the last step";
    }
}
