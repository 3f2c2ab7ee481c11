/** The mathematics of layers: value, gradient, and their directional derivatives, each recorded as ops. */
@NullMarked
package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.NullMarked;
