/** Options as plain values; for modules of the project, not for users. */
@NullMarked
package org.thalweg.analysis.internal;

import org.jspecify.annotations.NullMarked;
