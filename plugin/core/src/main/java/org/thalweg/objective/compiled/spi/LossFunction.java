package org.thalweg.objective.compiled.spi;

import java.util.Arrays;

/**
 * The losses that {@link Op#LOSS} and its derivatives know: l(a, y) of an output a and its label y, entry by entry, or
 * of all entries of a row. On a tape a loss is identified by its number, which never changes.
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
    ABSOLUTE_ERROR(4),
    /** -y log a - (1 - y) log(1 - a), for outputs that are probabilities. */
    BINARY_LOG_LIKELIHOOD(5),
    /** max(0, 1 - y a), with slope 0 at its kink. */
    HINGE(6),
    /** max(0, 1 - y a)^2. */
    SQUARED_HINGE(7),
    /** y log(y / a), 0 where y is 0. */
    KULLBACK_LEIBLER(8),
    /** a - y log a. */
    POISSON(9),
    /** c log((1 + a) / (1 + y))^2. Real: c. */
    SQUARED_LOG_ERROR(10),
    /** c |a - y| / |y|. Real: c. */
    RELATIVE_ERROR(11),
    /** c a y. Real: c. */
    PRODUCT(12),
    /** -&lt;a, y&gt; / (|a| |y|) of a row, 0 where one of them is 0; weighted by the weight of the row's first entry. */
    COSINE_PROXIMITY(13),
    /**
     * The mean of exp(a_j - a_i) over the pairs of a row with y_i = 1 and y_j = 0, 0 without such; weighted by the weight of
     * the row's first entry (M.-L. Zhang and Z.-H. Zhou, "Multilabel neural networks", 2006, equation 3).
     */
    PAIRWISE_RANKING(14);

    private final int code;

    LossFunction(int code) {
        this.code = code;
    }

    /** Its number on a tape; it never changes. */
    public int code() {
        return code;
    }

    /** The loss with a number on a tape. */
    public static LossFunction of(long code) {
        return Arrays.stream(values())
                .filter(loss -> loss.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no loss has the number " + code));
    }
}
