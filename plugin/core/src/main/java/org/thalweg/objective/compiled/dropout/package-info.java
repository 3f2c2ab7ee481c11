/** Deeplearning4j's kinds of dropout, as functions of the input with what is random drawn once. */
@NullMarked
package org.thalweg.objective.compiled.dropout;

import org.jspecify.annotations.NullMarked;
