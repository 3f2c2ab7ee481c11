package org.thalweg.curvature;

import org.thalweg.krylov.LinearOperator;

/**
 * A matrix and its name in reports and files.
 *
 * @param name such as {@code hessian} or {@code layer:0}
 * @param matrix its products
 * @since 0.2.0
 */
public record NamedOperator(String name, LinearOperator matrix) {}
