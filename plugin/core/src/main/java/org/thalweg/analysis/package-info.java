/** From objective and snapshot to frame: the only package that combines surface and curvature. */
@NullMarked
package org.thalweg.analysis;

import org.jspecify.annotations.NullMarked;
