package org.thalweg.finding;

import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues.Eigenvalue;

/**
 * What rules remember of a frame.
 *
 * @param lambdaMax the largest eigenvalue if it has converged
 * @param atEdge whether the frame was at the edge of stability
 */
record Moment(
        long iteration, double loss, OptionalDouble validationLoss, Optional<Eigenvalue> lambdaMax, boolean atEdge) {}
