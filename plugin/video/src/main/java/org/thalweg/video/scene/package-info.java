/** What there is to show of a run at a moment, and how its parts are drawn: surface, axes, numbers, curves. */
@NullMarked
package org.thalweg.video.scene;

import org.jspecify.annotations.NullMarked;
