/** Magnitude pruning of a trained network. */
@NullMarked
package org.thalweg.demo.pruning;

import org.jspecify.annotations.NullMarked;
