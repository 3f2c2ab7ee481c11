/** Frames as TensorBoard's event files: scalars, pictures and spectra. */
@NullMarked
package org.thalweg.video.tensorboard;

import org.jspecify.annotations.NullMarked;
