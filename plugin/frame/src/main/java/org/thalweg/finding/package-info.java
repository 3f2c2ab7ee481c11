/** What the frames of a run mean, in sentences: rules over their numbers, which speak only where error bars let them. */
@NullMarked
package org.thalweg.finding;

import org.jspecify.annotations.NullMarked;
