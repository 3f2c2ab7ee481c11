/** The command line: run directories, read and shown, and saved networks, looked at. */
@NullMarked
package org.thalweg.cli;

import org.jspecify.annotations.NullMarked;
