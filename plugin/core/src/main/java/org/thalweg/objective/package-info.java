/** The function under study: mean data loss over a fixed probe, as a function of a network's trainable parameters. */
@NullMarked
package org.thalweg.objective;

import org.jspecify.annotations.NullMarked;
