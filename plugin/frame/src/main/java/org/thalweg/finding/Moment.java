package org.thalweg.finding;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.thalweg.frame.CurvatureValues.Eigenvalue;

/**
 * The values of a frame that rules keep.
 *
 * @param lambdaMax the largest eigenvalue if it has converged
 * @param criticalStep of the last step, where it is known
 * @param found kinds of the frame's findings
 */
record Moment(
        long iteration,
        double loss,
        OptionalDouble validationLoss,
        Optional<Eigenvalue> lambdaMax,
        OptionalDouble criticalStep,
        Set<String> found) {

    /** Whether the frame had a finding: what has been found is left at a lower threshold. */
    boolean had(String kind) {
        return found.contains(kind);
    }
}
