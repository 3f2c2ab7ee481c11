/** What Deeplearning4j's configurations mean: rules that turn layers, vertices, activations, losses and dropout into steps. */
@NullMarked
package org.thalweg.objective.compiled.internal.rule;

import org.jspecify.annotations.NullMarked;
