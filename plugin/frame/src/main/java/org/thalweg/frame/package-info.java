/**
 * Frames as plain arrays and records, and the sinks that receive them. Nothing here needs ND4J, so pictures, pages and
 * dashboards need no backend.
 */
@NullMarked
package org.thalweg.frame;

import org.jspecify.annotations.NullMarked;
