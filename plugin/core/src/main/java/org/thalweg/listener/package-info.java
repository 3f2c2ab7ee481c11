/** Thalweg in a training run: the Deeplearning4j listener, when it looks, and what happens off the training thread. */
@NullMarked
package org.thalweg.listener;

import org.jspecify.annotations.NullMarked;
