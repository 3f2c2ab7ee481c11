package org.thalweg.curvature;

import org.thalweg.krylov.LinearOperator;

/**
 * A matrix and its name in reports and files.
 *
 * @param name {@code hessian}, {@code layer:0} say
 * @param matrix its products
 * @since 0.2.0
 */
public record NamedOperator(String name, LinearOperator matrix) {}
