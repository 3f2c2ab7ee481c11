/** Activation functions with their first two derivatives. */
@NullMarked
package org.thalweg.objective.compiled.internal.function;

import org.jspecify.annotations.NullMarked;
