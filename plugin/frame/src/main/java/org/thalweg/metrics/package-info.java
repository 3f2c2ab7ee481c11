/** Frames as meters, for any monitoring system that Micrometer supports. */
@NullMarked
package org.thalweg.metrics;

import org.jspecify.annotations.NullMarked;
