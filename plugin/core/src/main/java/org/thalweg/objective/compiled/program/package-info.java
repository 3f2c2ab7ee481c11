/** A network as a list of kernels over numbered values. */
@NullMarked
package org.thalweg.objective.compiled.program;

import org.jspecify.annotations.NullMarked;
