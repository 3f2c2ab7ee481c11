/** What a grid point and a Hessian-vector product cost, beside Deeplearning4j's own passes. */
@NullMarked
package org.thalweg.benchmarks;

import org.jspecify.annotations.NullMarked;
