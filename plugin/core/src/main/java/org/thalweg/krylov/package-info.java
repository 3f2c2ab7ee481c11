/** Krylov methods for symmetric operators: extreme eigenpairs, trace and spectral density, each with its error. */
@NullMarked
package org.thalweg.krylov;

import org.jspecify.annotations.NullMarked;
