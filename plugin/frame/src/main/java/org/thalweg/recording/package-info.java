/**
 * A run on disk: written frame by frame while training goes on, read without ND4J. A file is complete under its name or
 * not there at all.
 */
@NullMarked
package org.thalweg.recording;

import org.jspecify.annotations.NullMarked;
