/**
 * A run on disk: written frame by frame during training, read without ND4J. A file is either complete or absent.
 */
@NullMarked
package org.thalweg.recording;

import org.jspecify.annotations.NullMarked;
