/** The rules that turn Deeplearning4j's layers, vertices, activations, losses and dropout into steps. */
@NullMarked
package org.thalweg.objective.compiled.internal.rule;

import org.jspecify.annotations.NullMarked;
