package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.Nullable;

/**
 * An output on one batch, as its {@link OutputLoss} sees it while recording. Outputs, their gradients and tangents are
 * dense {@code [m, size]} of the objective's type; labels and weights are dense DOUBLE {@code [m, size]}. A row is an
 * example, or for sequences and images a time step or a pixel, with its channels.
 *
 * @since 0.2.0
 */
public interface LossContext {

    /** What is being recorded. */
    Tape tape();

    /** Factor of the sum over the batch: one over the number of examples in the mean. */
    double scale();

    Tensor outputs();

    Tensor labels();

    /** Factor of each entry's loss: mask times the loss's own weights; null for ones. */
    @Nullable
    Tensor weights();

    /** Where the scaled sum goes, DOUBLE {@code [1]}. */
    Tensor loss();

    /** Where the derivative with respect to the outputs goes. */
    Tensor delta();

    /** A tangent of the outputs. */
    Tensor tangent();

    /** Where the derivative of {@link #delta} along {@link #tangent} goes. */
    Tensor deltaTangent();

    /** A tensor that is free again when the method ends. */
    Tensor scratch(long... shape);
}
