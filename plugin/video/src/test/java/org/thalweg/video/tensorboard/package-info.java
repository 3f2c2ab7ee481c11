/** TensorBoard's files, read by another program. */
@NullMarked
package org.thalweg.video.tensorboard;

import org.jspecify.annotations.NullMarked;
