package org.thalweg.spark;

import java.io.Serializable;
import java.util.Optional;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;

/**
 * Creates the objective on an executor's part of the probe. Instances reach executors by Java serialization, so the
 * class and everything it needs must be on the executors' class path.
 *
 * <p>The loss is a mean over examples: the loss on the whole probe is the mean of the parts' losses, weighted by
 * their sizes.
 *
 * @since 0.2.0
 */
public interface ObjectiveRecipe extends Serializable {

    /**
     * Creates the objective on a part of the probe. Called once for each part on an executor, which keeps the result.
     */
    Objective make(Probe part);

    /**
     * Number of examples that stay together: parts begin at multiples of it, because the loss of such a batch is not
     * the mean of its examples' losses (BatchNorm on the statistics of a batch).
     */
    default int batchSize() {
        return 1;
    }

    /** The same function in double precision, if there is one; see {@link Objective#inDouble}. */
    default Optional<ObjectiveRecipe> inDouble() {
        return Optional.empty();
    }
}
