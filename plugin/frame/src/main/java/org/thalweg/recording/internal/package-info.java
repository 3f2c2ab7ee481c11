/** What the modules of the project share to write files; not for users. */
@NullMarked
package org.thalweg.recording.internal;

import org.jspecify.annotations.NullMarked;
