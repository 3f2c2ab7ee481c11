/** What there is to show of a run at a moment, and how its parts are drawn: surface, axes, numbers, curves. */
@NullMarked
package org.thalweg.video.internal.scene;

import org.jspecify.annotations.NullMarked;
