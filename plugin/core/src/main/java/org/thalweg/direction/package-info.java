/** Directions in parameter space along which the loss is looked at, and their normalization. */
@NullMarked
package org.thalweg.direction;

import org.jspecify.annotations.NullMarked;
