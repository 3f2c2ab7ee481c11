package org.thalweg.direction;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;

/**
 * From where directions are looked for. Vectors are packed, {@code [P]}, and not modified.
 *
 * @param objective whose landscape it is; no slice or Hessian of it is open
 * @param theta the parameters
 * @param previous the parameters one iteration before, where they are known
 */
public record DirectionContext(Objective objective, INDArray theta, Optional<INDArray> previous) {

    /** Parameters of which nothing more is known. */
    public static DirectionContext of(Objective objective, INDArray theta) {
        return new DirectionContext(objective, theta, Optional.empty());
    }
}
