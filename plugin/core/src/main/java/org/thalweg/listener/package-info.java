/** Thalweg in a training run: the Deeplearning4j listener, its options and schedules, and the work off the training thread. */
@NullMarked
package org.thalweg.listener;

import org.jspecify.annotations.NullMarked;
