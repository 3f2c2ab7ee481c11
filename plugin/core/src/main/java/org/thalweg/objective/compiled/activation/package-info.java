/** Activation functions with their derivatives; each is one class, which says what it is in Deeplearning4j. */
@NullMarked
package org.thalweg.objective.compiled.activation;

import org.jspecify.annotations.NullMarked;
