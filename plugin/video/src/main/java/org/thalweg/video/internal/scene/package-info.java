/** Scenes of a run at a time, and their parts: surface, axes, numbers, charts. */
@NullMarked
package org.thalweg.video.internal.scene;

import org.jspecify.annotations.NullMarked;
