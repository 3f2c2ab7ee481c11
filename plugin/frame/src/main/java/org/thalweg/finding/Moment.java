package org.thalweg.finding;

import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues.Eigenvalue;

/**
 * The values of a frame that rules keep.
 *
 * @param lambdaMax the largest eigenvalue if it has converged
 * @param atEdge whether the frame was at the edge of stability
 */
record Moment(
        long iteration, double loss, OptionalDouble validationLoss, Optional<Eigenvalue> lambdaMax, boolean atEdge) {}
