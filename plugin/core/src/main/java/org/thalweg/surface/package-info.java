/** Loss surfaces: which points, in which order, and what was found there. */
@NullMarked
package org.thalweg.surface;

import org.jspecify.annotations.NullMarked;
