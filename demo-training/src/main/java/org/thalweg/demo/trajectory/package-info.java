/** Paths of optimizers on one plane. */
@NullMarked
package org.thalweg.demo.trajectory;

import org.jspecify.annotations.NullMarked;
