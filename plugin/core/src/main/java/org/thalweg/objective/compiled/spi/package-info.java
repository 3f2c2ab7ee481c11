/**
 * The interfaces for a user's own layer.
 *
 * <p>A {@link org.thalweg.objective.compiled.spi.LayerRule rule} says what a configuration means: it composes steps of {@link
 * org.thalweg.objective.compiled.spi.Kernel kernels} over {@link org.thalweg.objective.compiled.spi.Value values}. A kernel is the
 * mathematics of one step: it records {@link org.thalweg.objective.compiled.spi.Op named ops} on {@link
 * org.thalweg.objective.compiled.spi.Tensor tensors} on a {@link org.thalweg.objective.compiled.spi.Tape tape}, which an executor
 * runs.
 *
 * @since 0.2.0
 */
@NullMarked
package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.NullMarked;
