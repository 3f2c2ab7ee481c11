/** Loss surfaces: their points, the order of evaluation, and the values. */
@NullMarked
package org.thalweg.surface;

import org.jspecify.annotations.NullMarked;
