/** Directions in parameter space along which the loss is evaluated, and their normalization. */
@NullMarked
package org.thalweg.direction;

import org.jspecify.annotations.NullMarked;
