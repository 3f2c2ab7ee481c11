/** A run's frames as a film: styles, camera, pace, and the pipeline from frames to a file. */
@NullMarked
package org.thalweg.video.film;

import org.jspecify.annotations.NullMarked;
