/** Output of command lines, shared by the project's programs; not for users. */
@NullMarked
package org.thalweg.terminal.internal;

import org.jspecify.annotations.NullMarked;
