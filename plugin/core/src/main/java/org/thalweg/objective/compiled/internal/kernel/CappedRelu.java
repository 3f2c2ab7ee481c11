package org.thalweg.objective.compiled.internal.kernel;

import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/**
 * relu(x) - relu(x - maximum), ReLU6 for a maximum of 6: four passes, a quarter of those of its {@link ComposedFunction}.
 *
 * @param maximum above which it is constant
 */
public record CappedRelu(double maximum) implements ElementwiseFunction {

    @Override
    public void value(KernelContext context, Tensor x, Tensor y) {
        difference(context, UnaryFunction.RELU, x, y);
    }

    @Override
    public void slope(KernelContext context, Tensor x, Tensor y, Tensor slope) {
        difference(context, UnaryFunction.STEP, x, slope);
    }

    @Override
    public void secondDerivative(KernelContext context, Tensor x, Tensor y, Tensor second) {
        context.tape().fill(0, second);
    }

    @Override
    public boolean piecewiseLinear() {
        return true;
    }

    /** z = f(x) - f(x - maximum), piece by piece; z may be x. */
    private void difference(KernelContext context, UnaryFunction f, Tensor x, Tensor z) {
        Tape tape = context.tape();
        Pieces pieces = Pieces.of(x);
        Tensor above = context.scratch(pieces.shape());
        pieces.forEach((from, to) -> {
            Tensor part = x.slice(0, from, to);
            Tensor result = z.slice(0, from, to);
            Tensor beyond = above.slice(0, 0, to - from);
            tape.shift(part, -maximum, beyond);
            tape.function(f, beyond, beyond);
            tape.function(f, part, result);
            tape.subtract(result, beyond, result);
        });
    }
}
