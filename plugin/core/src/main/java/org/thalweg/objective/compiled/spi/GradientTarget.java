package org.thalweg.objective.compiled.spi;

/**
 * Where a gradient goes.
 *
 * @param tensor written to
 * @param add whether the gradient is added to what is there, as others have a share in it; otherwise it is overwritten
 * @since 0.2.0
 */
public record GradientTarget(Tensor tensor, boolean add) {

    /** The same place with something in it already. */
    public GradientTarget adding() {
        return new GradientTarget(tensor, true);
    }

    /** Records that a tensor goes there. */
    public void put(Tape tape, Tensor gradient) {
        if (add) {
            tape.add(tensor, gradient, tensor);
        } else {
            tape.copy(gradient, tensor);
        }
    }
}
