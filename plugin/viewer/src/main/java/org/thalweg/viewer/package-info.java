/** The page on which a run is watched: served while it goes on, or written into one file that needs no server. */
@NullMarked
package org.thalweg.viewer;

import org.jspecify.annotations.NullMarked;
