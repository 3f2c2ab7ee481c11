/** What a layer of a user's own is written against: kernels, the ops that they record, and the rules that find them. */
@NullMarked
package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.NullMarked;
