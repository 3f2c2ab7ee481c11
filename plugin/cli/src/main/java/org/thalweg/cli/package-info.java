/** The command line: run directories, read and shown. */
@NullMarked
package org.thalweg.cli;

import org.jspecify.annotations.NullMarked;
