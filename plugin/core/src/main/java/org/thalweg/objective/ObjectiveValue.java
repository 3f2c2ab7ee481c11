package org.thalweg.objective;

import java.util.OptionalDouble;

/**
 * The objective at one point.
 *
 * @param loss mean loss over the probe; may be NaN or infinite
 * @param accuracy percent of correct predictions, 0 to 100: argmax for softmax outputs, threshold 0.5 per output for
 *     sigmoid ones; absent for regression. Masked entries do not count, and a mask with another value is the entry's
 *     weight; predictions of several outputs count together. Absent where the loss is NaN.
 * @since 0.2.0
 */
public record ObjectiveValue(double loss, OptionalDouble accuracy) {

    public ObjectiveValue {
        if (Double.isNaN(loss)) {
            accuracy = OptionalDouble.empty();
        }
    }

    public static ObjectiveValue of(double loss) {
        return new ObjectiveValue(loss, OptionalDouble.empty());
    }

    public static ObjectiveValue of(double loss, double accuracy) {
        return new ObjectiveValue(loss, OptionalDouble.of(accuracy));
    }

    /** Accuracy in percent; NaN where it is absent. */
    public double accuracyOrNaN() {
        return accuracy.orElse(Double.NaN);
    }
}
