/** Curvature of an objective at given parameters: extreme Hessian eigenvalues, or the reason why there are none. */
@NullMarked
package org.thalweg.curvature;

import org.jspecify.annotations.NullMarked;
