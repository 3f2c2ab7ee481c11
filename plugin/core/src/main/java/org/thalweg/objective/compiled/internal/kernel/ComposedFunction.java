package org.thalweg.objective.compiled.internal.kernel;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.ElementwiseFunction;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A function of one number that is composed of others; {@link Jet}s compute its derivatives.
 *
 * @param definition the function
 * @param piecewiseLinear whether its second derivative is zero wherever it is defined
 */
public record ComposedFunction(UnaryOperator<Jet> definition, boolean piecewiseLinear) implements ElementwiseFunction {

    /** A function with a second derivative. */
    public static ComposedFunction smooth(UnaryOperator<Jet> definition) {
        return new ComposedFunction(definition, false);
    }

    /** A piecewise linear function. */
    public static ComposedFunction linear(UnaryOperator<Jet> definition) {
        return new ComposedFunction(definition, true);
    }

    @Override
    public void value(KernelContext context, Tensor x, Tensor y) {
        pieces(context, 0, x, y, (jet, part) -> context.tape().copy(jet.value(), part));
    }

    @Override
    public void slope(KernelContext context, Tensor x, Tensor y, Tensor slope) {
        pieces(context, 1, x, slope, (jet, part) -> put(context, jet.slope(), part));
    }

    @Override
    public void secondDerivative(KernelContext context, Tensor x, Tensor y, Tensor second) {
        pieces(context, 2, x, second, (jet, part) -> put(context, jet.secondDerivative(), part));
    }

    private void pieces(KernelContext context, int order, Tensor x, Tensor result, BiConsumer<Jet, Tensor> put) {
        Pieces pieces = Pieces.of(x);
        JetMemory memory = new JetMemory(context, order, pieces.shape());
        pieces.forEach((from, to) -> {
            Jet jet = definition.apply(memory.variable(x.slice(0, from, to)));
            put.accept(jet, result.slice(0, from, to));
        });
    }

    private static void put(KernelContext context, @Nullable Tensor derivative, Tensor result) {
        if (derivative == null) {
            context.tape().fill(0, result);
        } else {
            context.tape().copy(derivative, result);
        }
    }
}
