package org.thalweg.krylov;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An eigenvalue with its error and, on request, its eigenvector. Until it has converged, it is only a Ritz value.
 *
 * @param value Ritz value
 * @param vector Ritz vector of unit length, {@code [n]}, owned by the receiver; null unless requested
 * @param residual ||H v - value v||, including rounding and the error of products: an eigenvalue lies within this
 *     distance of the value
 * @param converged whether the residual is within the tolerance and, for all but the outermost eigenvalue of an end,
 *     whether a restart from a fresh random vector has shown that no copy was missed
 * @since 0.2.0
 */
public record EigenPair(double value, @Nullable INDArray vector, double residual, boolean converged) {}
