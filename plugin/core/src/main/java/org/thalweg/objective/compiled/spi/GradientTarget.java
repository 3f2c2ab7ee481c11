package org.thalweg.objective.compiled.spi;

/**
 * The target of a gradient.
 *
 * @param tensor written to
 * @param add whether the gradient is added to the tensor, because others contribute to it; otherwise it overwrites the
 *     tensor
 * @since 0.2.0
 */
public record GradientTarget(Tensor tensor, boolean add) {

    /** The same target, which already holds a contribution. */
    public GradientTarget adding() {
        return new GradientTarget(tensor, true);
    }

    /** Records the transfer of a gradient to the target. */
    public void put(Tape tape, Tensor gradient) {
        if (add) {
            tape.add(tensor, gradient, tensor);
        } else {
            tape.copy(gradient, tensor);
        }
    }
}
