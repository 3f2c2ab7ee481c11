package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/** One at the largest element along an axis, the first one in case of ties, and zero elsewhere. */
public final class FirstMaximum extends PiecewiseConstant {

    private final int axis;

    /** @param axis of an example, numbered from 0 */
    public FirstMaximum(int axis) {
        this.axis = axis + 1;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor x = context.input(0);
        Tensor first = x.slice(axis, 0, 1);
        Tensor largest = context.scratch(first.shape());
        Tensor free = context.scratch(first.shape());
        tape.copy(first, largest);
        for (long i = 1; i < x.size(axis); i++) {
            tape.maximum(largest, x.slice(axis, i, i + 1), largest);
        }
        tape.fill(1, free);
        for (long i = 0; i < x.size(axis); i++) {
            pattern(
                    tape,
                    largest,
                    x.slice(axis, i, i + 1),
                    free,
                    context.output().slice(axis, i, i + 1));
        }
    }

    /**
     * Records one where x is the maximum and no earlier element was.
     *
     * @param free one where no earlier element was the maximum; updated
     */
    static void pattern(Tape tape, Tensor maximum, Tensor x, Tensor free, Tensor pattern) {
        tape.subtract(maximum, x, pattern);
        tape.function(UnaryFunction.STEP, pattern, pattern);
        tape.scale(-1, pattern, pattern);
        tape.shift(pattern, 1, pattern);
        tape.multiply(pattern, free, pattern);
        tape.subtract(free, pattern, free);
    }
}
