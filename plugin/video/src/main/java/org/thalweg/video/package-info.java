/** Pictures and films of a run's loss landscape. */
@NullMarked
package org.thalweg.video;

import org.jspecify.annotations.NullMarked;
