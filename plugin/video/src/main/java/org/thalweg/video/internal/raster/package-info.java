/** Turns a height field into pixels: camera, visibility, lighting and contour lines, in plain Java on any machine. */
@NullMarked
package org.thalweg.video.internal.raster;

import org.jspecify.annotations.NullMarked;
