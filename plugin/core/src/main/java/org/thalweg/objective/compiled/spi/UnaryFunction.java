package org.thalweg.objective.compiled.spi;

import java.util.Arrays;

/**
 * The functions of one number that {@link Op#FUNCTION} applies. Executors also implement the first two derivatives of
 * those up to {@link #GELU}; derivatives of the others are composed of functions and arithmetic. On a tape a function
 * is identified by its number, which never changes.
 *
 * @since 0.2.0
 */
public enum UnaryFunction {
    /** max(0, x); f'(0) = 0. */
    RELU(0),
    /** x where x &gt;= 0, otherwise a x; f'(0) = 1. Real: a. */
    LEAKY_RELU(1),
    /** x where x &gt; 0, otherwise a (exp(x) - 1). Real: a. */
    ELU(2),
    /** 1.0507009873554805 times {@link #ELU} with a = 1.6732632423543772. */
    SELU(3),
    /** min(1, max(0, 0.2 x + 0.5)). */
    HARD_SIGMOID(4),
    TANH(5),
    /** s(x) = 1 / (1 + exp(-x)). */
    SIGMOID(6),
    /** log(1 + exp(x)). */
    SOFTPLUS(7),
    /** x s(x), s the sigmoid. */
    SWISH(8),
    /** x s(1.702 x), s the sigmoid. */
    GELU(9),
    EXP(10),
    /** The natural logarithm. */
    LOG(11),
    SQRT(12),
    /** 1 / sqrt(x). */
    RECIPROCAL_SQRT(13),
    RECIPROCAL(14),
    SIN(15),
    COS(16),
    ABS(17),
    /** -1, 0 or 1. */
    SIGN(18),
    /** 1 where x &gt; 0, otherwise 0. */
    STEP(19);

    private final int code;

    UnaryFunction(int code) {
        this.code = code;
    }

    /** Its number on a tape; it never changes. */
    public int code() {
        return code;
    }

    /** Whether {@link Op#FUNCTION_SLOPE} and {@link Op#FUNCTION_SECOND_DERIVATIVE} support it. */
    public boolean hasDerivatives() {
        return code <= GELU.code;
    }

    /** Whether the second derivative is zero wherever it is defined. */
    public boolean piecewiseLinear() {
        return this == RELU || this == LEAKY_RELU || this == HARD_SIGMOID;
    }

    /** The function with a number on a tape. */
    public static UnaryFunction of(long code) {
        return Arrays.stream(values())
                .filter(function -> function.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no function has the number " + code));
    }
}
