package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/**
 * A mask {@code [time]} of sequences {@code [time, size]}: zero at steps whose elements all equal a given number.
 * Piecewise constant.
 */
public final class DiffersFrom extends PiecewiseConstant {

    private final double number;

    /** @param number that stands for a missing step */
    public DiffersFrom(double number) {
        this.number = number;
    }

    @Override
    public void forward(KernelContext context) {
        Tape tape = context.tape();
        Tensor differs = context.scratch(context.input(0).shape());
        tape.shift(context.input(0), -number, differs);
        tape.function(UnaryFunction.ABS, differs, differs);
        tape.function(UnaryFunction.STEP, differs, differs);
        tape.sum(differs, context.output(), 2);
        tape.function(UnaryFunction.STEP, context.output(), context.output());
    }
}
