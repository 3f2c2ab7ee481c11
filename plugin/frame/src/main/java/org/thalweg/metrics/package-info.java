/** Frames as meters, for whatever monitoring system Micrometer speaks to. */
@NullMarked
package org.thalweg.metrics;

import org.jspecify.annotations.NullMarked;
