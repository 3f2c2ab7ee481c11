/** File-writing code shared by the project's modules; not for users. */
@NullMarked
package org.thalweg.recording.internal;

import org.jspecify.annotations.NullMarked;
