/** How each Deeplearning4j layer, vertex, activation, loss and dropout becomes kernels: rules found by their names. */
@NullMarked
package org.thalweg.objective.compiled.layer;

import org.jspecify.annotations.NullMarked;
