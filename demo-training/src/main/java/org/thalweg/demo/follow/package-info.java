/** Follows the minimizer from near and far, on few and on all images. */
@NullMarked
package org.thalweg.demo.follow;

import org.jspecify.annotations.NullMarked;
