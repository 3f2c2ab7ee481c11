/** What pictures and films look like: style, size, pace, camera. */
@NullMarked
package org.thalweg.video.film;

import org.jspecify.annotations.NullMarked;
