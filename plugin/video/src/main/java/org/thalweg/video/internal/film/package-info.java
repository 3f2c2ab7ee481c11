/** From the frames of a run to a film: scenes by options, and the pipeline that draws and encodes their pictures. */
@NullMarked
package org.thalweg.video.internal.film;

import org.jspecify.annotations.NullMarked;
