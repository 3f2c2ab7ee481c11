/** Turns a run's frames into a film: chooses the scene, draws its pictures and encodes them. */
@NullMarked
package org.thalweg.video.internal.film;

import org.jspecify.annotations.NullMarked;
