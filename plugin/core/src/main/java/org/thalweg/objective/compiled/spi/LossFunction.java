package org.thalweg.objective.compiled.spi;

import java.util.Arrays;

/**
 * The losses that {@link Op#LOSS} and its derivatives know: l(a, y) of an output a and its label y, entry by entry, or of
 * all entries of a row. On a tape a loss is its number, which never changes.
 *
 * @since 0.2.0
 */
public enum LossFunction {
    /** -y log p of logits a, p their softmax over a row. */
    SOFTMAX_CROSS_ENTROPY(0),
    /** -y log s(a) - (1 - y) log(1 - s(a)) of a logit a, s the sigmoid: exact however far a is from zero. */
    SIGMOID_CROSS_ENTROPY(1),
    /** -y log a, for outputs that are probabilities. */
    LOG_LIKELIHOOD(2),
    /** c (a - y)^2. Real: c. */
    SQUARED_ERROR(3),
    /** c |a - y|, with slope 0 where they are equal. Real: c. */
    ABSOLUTE_ERROR(4);

    private final int code;

    LossFunction(int code) {
        this.code = code;
    }

    /** Its number on a tape, which never changes. */
    public int code() {
        return code;
    }

    /** The loss of a number on a tape. */
    public static LossFunction of(long code) {
        return Arrays.stream(values())
                .filter(loss -> loss.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no loss has the number " + code));
    }
}
