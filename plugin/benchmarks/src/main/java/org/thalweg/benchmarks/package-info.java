/** The cost of a grid point and of a Hessian-vector product, compared with Deeplearning4j's own passes. */
@NullMarked
package org.thalweg.benchmarks;

import org.jspecify.annotations.NullMarked;
