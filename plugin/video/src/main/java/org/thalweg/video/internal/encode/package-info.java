/** Encoders: MP4 and WebM by ffmpeg's LGPL build, GIF and PNG in plain Java. */
@NullMarked
package org.thalweg.video.internal.encode;

import org.jspecify.annotations.NullMarked;
