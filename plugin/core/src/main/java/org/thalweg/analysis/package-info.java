/** Objective and snapshot to frame: the one place where surface and curvature are put together. */
@NullMarked
package org.thalweg.analysis;

import org.jspecify.annotations.NullMarked;
