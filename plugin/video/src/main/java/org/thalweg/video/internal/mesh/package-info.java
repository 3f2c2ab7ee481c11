/** A surface as a coloured mesh in files that slides, Blender and browsers open: Wavefront OBJ and binary glTF. */
@NullMarked
package org.thalweg.video.internal.mesh;

import org.jspecify.annotations.NullMarked;
