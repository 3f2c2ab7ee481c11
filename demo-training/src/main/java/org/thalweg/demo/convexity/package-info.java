/** The Hessian's spectrum all over a surface, compared with what is visible. */
@NullMarked
package org.thalweg.demo.convexity;

import org.jspecify.annotations.NullMarked;
