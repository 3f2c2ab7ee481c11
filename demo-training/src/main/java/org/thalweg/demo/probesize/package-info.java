/** How many examples surface and eigenvalues need. */
@NullMarked
package org.thalweg.demo.probesize;

import org.jspecify.annotations.NullMarked;
