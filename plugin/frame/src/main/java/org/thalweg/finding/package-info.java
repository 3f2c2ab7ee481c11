/** Describes the frames of a run in sentences: rules over their numbers, which apply only where error bars allow it. */
@NullMarked
package org.thalweg.finding;

import org.jspecify.annotations.NullMarked;
