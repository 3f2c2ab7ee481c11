package org.thalweg.curvature.quantity;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.objective.Objective;

/**
 * How many times as long the last step could have been before the loss rose above that at its beginning: the least s
 * with L(theta' + s d) > L(theta') for the step d from theta' (D. Kalra et al., "A scalable measure of loss landscape
 * curvature for analyzing the training dynamics of LLMs", 2026, arXiv 2601.16979, where the critical learning rate is s
 * times the current one). Above 1 the step went down; on a quadratic it is twice the distance to the lowest point. It
 * needs no Hessian, so every network has one.
 *
 * <p>Doubles or halves s until the loss rises or falls, then bisects on a logarithmic scale to 5 %. {@value #LONGEST} stands
 * for all longer steps, 0 for a loss that rises from the first {@code 1 / 1024} of the step on. Between 6 and 15 evaluations.
 *
 * @since 0.2.0
 */
public final class CriticalStep implements CurvatureQuantity {

    private static final double LONGEST = 1024;

    /** Each step halves the bracket on a logarithmic scale: from 2 to 2^(1/16), 4.4 %. */
    private static final int BISECTIONS = 4;

    @Override
    public String name() {
        return "critical_step";
    }

    @Override
    public String description() {
        return "Length at which the last step would begin to raise the training loss, in lengths of that step";
    }

    @Override
    public double of(CurvatureContext context) {
        return along(context, context.objective());
    }

    /** The critical step on another probe. */
    static double along(CurvatureContext context, Objective objective) {
        INDArray start = context.previous();
        INDArray step = context.step();
        return search(s -> {
            try (INDArray there = step.mul(s).addi(start)) {
                return objective.evaluate(there).loss();
            }
        });
    }

    /**
     * The least s at which a function exceeds its value at 0, at the resolution of the search.
     *
     * @param loss counts as risen if it is not finite
     */
    static double search(DoubleUnaryOperator loss) {
        double start = loss.applyAsDouble(0);
        double high = 1;
        double low = 0;
        if (rises(loss, high, start)) {
            while (low == 0) {
                if (high < 1.5 / LONGEST) {
                    return 0;
                }
                if (rises(loss, high / 2, start)) {
                    high /= 2;
                } else {
                    low = high / 2;
                }
            }
        } else {
            low = high;
            high = 2 * low;
            while (!rises(loss, high, start)) {
                if (high >= LONGEST) {
                    return LONGEST;
                }
                low = high;
                high = 2 * low;
            }
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = Math.sqrt(low * high);
            if (rises(loss, middle, start)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.sqrt(low * high);
    }

    private static boolean rises(DoubleUnaryOperator loss, double s, double start) {
        return !(loss.applyAsDouble(s) <= start);
    }
}
