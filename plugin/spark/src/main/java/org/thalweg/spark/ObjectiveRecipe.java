package org.thalweg.spark;

import java.io.Serializable;
import java.util.Optional;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;

/**
 * How an executor makes the objective on its part of the probe. Carried there by Java serialization, so its class and all
 * that it needs are on the executors' class path.
 *
 * <p>The loss is a mean over examples: that on the whole probe is the mean of those on the parts, weighted by their sizes.
 */
public interface ObjectiveRecipe extends Serializable {

    /** The objective on a part of the probe. Called once for each part on an executor; what it returns is kept there. */
    Objective make(Probe part);

    /**
     * Examples that stay together: parts begin at multiples of this number, because the loss of such a batch is not the
     * mean of its examples' losses (BatchNorm on the statistics of a batch).
     */
    default int batchSize() {
        return 1;
    }

    /** The same function in double precision, if there is one; see {@link Objective#inDouble}. */
    default Optional<ObjectiveRecipe> inDouble() {
        return Optional.empty();
    }
}
