/** What the Hessian's spectrum says all over a surface, beside what the eye sees of it. */
@NullMarked
package org.thalweg.demo.convexity;

import org.jspecify.annotations.NullMarked;
