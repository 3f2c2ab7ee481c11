/** Conversion between evaluated and recorded values; for modules of the project, not for users. */
@NullMarked
package org.thalweg.analysis.internal.values;

import org.jspecify.annotations.NullMarked;
