/** The command line: shows recorded runs and analyzes saved networks. */
@NullMarked
package org.thalweg.cli;

import org.jspecify.annotations.NullMarked;
