/** A network as a list of kernels over numbered values, and passes that make it cheaper. */
@NullMarked
package org.thalweg.objective.compiled.internal.program;

import org.jspecify.annotations.NullMarked;
