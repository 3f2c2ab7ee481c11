package org.thalweg.krylov;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An eigenvalue with its error, and its eigenvector where asked for. Until converged it is a Ritz value only.
 *
 * @param value Ritz value
 * @param vector Ritz vector of unit length, {@code [n]}, owned by the receiver; null unless asked for
 * @param residual ||H v - value v||, rounding and the error of products included: an eigenvalue lies within this distance of
 *     the value
 * @param converged whether the residual is within the tolerance; behind the outermost eigenvalue of an end also whether a fresh
 *     look has shown that no copy was missed
 * @since 0.2.0
 */
public record EigenPair(double value, @Nullable INDArray vector, double residual, boolean converged) {}
