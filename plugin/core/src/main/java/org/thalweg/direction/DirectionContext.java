package org.thalweg.direction;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;

/**
 * The parameters and objective for which directions are computed. Vectors are packed, {@code [P]}, and not modified.
 *
 * @param objective the loss; no slice or Hessian of it is open
 * @param theta the parameters
 * @param previous the parameters one iteration before, where they are known
 * @param first the parameters of the run's first frame, where they are known
 * @since 0.2.0
 */
public record DirectionContext(
        Objective objective, INDArray theta, Optional<INDArray> previous, Optional<INDArray> first) {

    /** Parameters without a history: they count as the first ones, and the previous iteration is not known. */
    public static DirectionContext of(Objective objective, INDArray theta) {
        return new DirectionContext(objective, theta, Optional.empty(), Optional.of(theta));
    }

    /**
     * The parameters that set the scale of directions.
     *
     * @throws IllegalStateException if the options need the first frame's and they are not known
     */
    public INDArray reference(ScaleReference reference) {
        return reference == ScaleReference.CURRENT
                ? theta
                : first.orElseThrow(() -> new IllegalStateException("the parameters of the first frame are not known"
                        + " here: directions that need them must return true from usesFirstFrame()"));
    }
}
