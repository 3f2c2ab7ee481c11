/** Losses of an output and their derivatives, in double precision. */
@NullMarked
package org.thalweg.objective.compiled.internal.loss;

import org.jspecify.annotations.NullMarked;
