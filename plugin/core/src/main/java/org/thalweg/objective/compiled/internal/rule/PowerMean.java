package org.thalweg.objective.compiled.internal.rule;

import java.util.function.UnaryOperator;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.StepScope;
import org.thalweg.objective.compiled.spi.Value;

/** Pools by the p-norm: the root of a sum of powers. */
final class PowerMean {

    private PowerMean() {}

    /**
     * The norm of windows.
     *
     * @param mean computes the mean of each window, or the sum
     * @param count factor from the result of {@code mean} to the sum
     */
    static Value of(StepScope scope, Value value, int p, UnaryOperator<Value> mean, double count) {
        ComposedFunction power = ComposedFunction.smooth(x -> {
            Jet size = x.abs();
            Jet product = size;
            for (int i = 1; i < p; i++) {
                product = product.times(size);
            }
            return product.times(count);
        });
        Value sums = mean.apply(scope.elementwise(new ElementwiseKernel(power), value));
        return scope.elementwise(new ElementwiseKernel(Roots.of(1.0 / p)), sums);
    }
}
