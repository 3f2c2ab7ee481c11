/** The page that shows runs: served while they train, or written into one file that needs no server. */
@NullMarked
package org.thalweg.viewer;

import org.jspecify.annotations.NullMarked;
