package org.thalweg.finding;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.thalweg.frame.CurvatureValues.Eigenvalue;

/**
 * The values of a frame that rules keep.
 *
 * @param lambdaMax the largest eigenvalue if it has converged
 * @param criticalStep of the last step, where it is known
 * @param courses of traces and sharpness, by their names in sentences
 * @param found kinds of the frame's findings
 */
record Moment(
        long iteration,
        double loss,
        OptionalDouble validationLoss,
        Optional<Eigenvalue> lambdaMax,
        OptionalDouble criticalStep,
        Map<String, Course> courses,
        Set<String> found) {

    /** Whether the frame had a finding of a kind. */
    boolean had(String kind) {
        return found.contains(kind);
    }
}
