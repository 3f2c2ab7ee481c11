package org.thalweg.objective.compiled.internal.kernel;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;

/**
 * A number that depends on x, for every element of a tensor, with its first two derivatives in x. Arithmetic on it
 * propagates the derivatives by the chain rule.
 */
public final class Jet {

    private final JetMemory memory;
    private final Tensor value;
    private final @Nullable Tensor slope;
    private final @Nullable Tensor secondDerivative;

    /**
     * @param slope the first derivative, null if it is zero or not needed
     * @param secondDerivative null if it is zero or not needed
     */
    Jet(JetMemory memory, Tensor value, @Nullable Tensor slope, @Nullable Tensor secondDerivative) {
        this.memory = memory;
        this.value = value;
        this.slope = slope;
        this.secondDerivative = secondDerivative;
    }

    Tensor value() {
        return value;
    }

    @Nullable
    Tensor slope() {
        return slope;
    }

    @Nullable
    Tensor secondDerivative() {
        return secondDerivative;
    }

    public Jet plus(double summand) {
        Tensor sum = memory.take();
        tape().shift(value, summand, sum);
        return new Jet(memory, sum, slope, secondDerivative);
    }

    public Jet times(double factor) {
        return new Jet(
                memory, scaled(factor, value), scaledOrNull(factor, slope), scaledOrNull(factor, secondDerivative));
    }

    public Jet plus(Jet other) {
        return new Jet(
                memory,
                added(value, other.value),
                sum(slope, other.slope),
                sum(secondDerivative, other.secondDerivative));
    }

    /** (u v)' = u' v + u v', (u v)'' = u'' v + 2 u' v' + u v''. */
    public Jet times(Jet other) {
        Tensor cross = memory.order() > 1 ? product(slope, other.slope) : null;
        return new Jet(
                memory,
                multiplied(value, other.value),
                sum(product(slope, other.value), product(value, other.slope)),
                memory.order() > 1
                        ? sum(
                                sum(product(secondDerivative, other.value), product(value, other.secondDerivative)),
                                scaledOrNull(2, cross))
                        : null);
    }

    /** Applies a function with known derivatives. */
    public Jet through(UnaryFunction function) {
        Tensor y = applied(function);
        if (slope == null) {
            return new Jet(memory, y, null, null);
        }
        Tensor first = memory.take();
        tape().functionSlope(function, value, y, first);
        Tensor second = null;
        if (memory.order() > 1 && !function.piecewiseLinear()) {
            second = memory.take();
            tape().functionSecondDerivative(function, value, y, second);
        }
        return chained(y, first, second);
    }

    /** 1 / u, with the derivatives -1 / u^2 and 2 / u^3. */
    public Jet reciprocal() {
        Tensor y = applied(UnaryFunction.RECIPROCAL);
        Tensor square = multiplied(y, y);
        return chained(y, scaled(-1, square), memory.order() > 1 ? scaled(2, multiplied(square, y)) : null);
    }

    /** |u|, with the derivative 0 at 0. */
    public Jet abs() {
        return chained(applied(UnaryFunction.ABS), applied(UnaryFunction.SIGN), null);
    }

    /** -1, 0 or 1, with the derivative 0. */
    public Jet sign() {
        return new Jet(memory, applied(UnaryFunction.SIGN), null, null);
    }

    /** 1 where u &gt; 0, otherwise 0, with the derivative 0. */
    public Jet positive() {
        return new Jet(memory, applied(UnaryFunction.STEP), null, null);
    }

    /** exp(u), its own derivative. */
    public Jet exp() {
        Tensor y = applied(UnaryFunction.EXP);
        return chained(y, y, y);
    }

    /** u^p of u &gt; 0. */
    public Jet power(double p) {
        Tensor y = raised(p);
        return chained(y, scaled(p, raised(p - 1)), memory.order() > 1 ? scaled(p * (p - 1), raised(p - 2)) : null);
    }

    private Tensor raised(double p) {
        if (p == -1) {
            return applied(UnaryFunction.RECIPROCAL);
        } else if (p == -0.5) {
            return applied(UnaryFunction.RECIPROCAL_SQRT);
        } else if (p == 0.5) {
            return applied(UnaryFunction.SQRT);
        }
        Tensor y = memory.take();
        tape().function(UnaryFunction.LOG, value, y);
        tape().scale(p, y, y);
        tape().function(UnaryFunction.EXP, y, y);
        return y;
    }

    /** f(u) with its derivatives f' u' and f'' u'^2 + f' u'', from f, f' and f'' at u. */
    private Jet chained(Tensor f, Tensor first, @Nullable Tensor second) {
        Tensor curved = memory.order() > 1 && slope != null ? product(second, multiplied(slope, slope)) : null;
        return new Jet(memory, f, product(first, slope), sum(curved, product(first, secondDerivative)));
    }

    private Tensor applied(UnaryFunction function) {
        Tensor y = memory.take();
        tape().function(function, value, y);
        return y;
    }

    private Tensor added(Tensor x, Tensor y) {
        Tensor z = memory.take();
        tape().add(x, y, z);
        return z;
    }

    private Tensor multiplied(Tensor x, Tensor y) {
        Tensor z = memory.take();
        tape().multiply(x, y, z);
        return z;
    }

    private Tensor scaled(double factor, Tensor x) {
        Tensor z = memory.take();
        tape().scale(factor, x, z);
        return z;
    }

    private @Nullable Tensor scaledOrNull(double factor, @Nullable Tensor x) {
        return x == null ? null : scaled(factor, x);
    }

    private @Nullable Tensor product(@Nullable Tensor x, @Nullable Tensor y) {
        return x == null || y == null ? null : multiplied(x, y);
    }

    private @Nullable Tensor sum(@Nullable Tensor x, @Nullable Tensor y) {
        if (x == null || y == null) {
            return x == null ? y : x;
        }
        return added(x, y);
    }

    private Tape tape() {
        return memory.tape();
    }
}
