/** Colour maps whose steps look even, also to colour-blind eyes and in grey, and the arithmetic of light. */
@NullMarked
package org.thalweg.video.color;

import org.jspecify.annotations.NullMarked;
