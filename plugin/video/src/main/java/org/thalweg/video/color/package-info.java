/** Perceptually even colour maps, also for colour-blind readers and in grey, and themes. */
@NullMarked
package org.thalweg.video.color;

import org.jspecify.annotations.NullMarked;
