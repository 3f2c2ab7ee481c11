/** The arithmetic of light and colour. */
@NullMarked
package org.thalweg.video.internal.color;

import org.jspecify.annotations.NullMarked;
