/** Colour maps whose steps look even, also to colour-blind eyes and in grey, and the colours around them. */
@NullMarked
package org.thalweg.video.color;

import org.jspecify.annotations.NullMarked;
