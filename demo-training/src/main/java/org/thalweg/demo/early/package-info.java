/** The first steps of training: catapults at large learning rates, and warm-up. */
@NullMarked
package org.thalweg.demo.early;

import org.jspecify.annotations.NullMarked;
