/** Losses of an output and their derivatives, in double precision. */
@NullMarked
package org.thalweg.objective.compiled.loss;

import org.jspecify.annotations.NullMarked;
