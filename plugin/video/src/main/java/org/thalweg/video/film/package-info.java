/** Options of pictures and films: style, size, pace, camera. */
@NullMarked
package org.thalweg.video.film;

import org.jspecify.annotations.NullMarked;
