/** The Hessian's spectrum all over a surface, compared with the visible shape. */
@NullMarked
package org.thalweg.demo.convexity;

import org.jspecify.annotations.NullMarked;
