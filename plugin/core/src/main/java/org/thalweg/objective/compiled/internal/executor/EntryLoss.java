package org.thalweg.objective.compiled.internal.executor;

import java.util.function.DoubleBinaryOperator;
import org.thalweg.objective.compiled.spi.LossFunction;

/**
 * A loss that is a sum over entries of a function of one output a and its label y.
 *
 * @param value of (a, y)
 * @param slope its first derivative with respect to a
 * @param secondDerivative with respect to a
 */
record EntryLoss(DoubleBinaryOperator value, DoubleBinaryOperator slope, DoubleBinaryOperator secondDerivative)
        implements HostLoss {

    /**
     * The entry loss of a loss function.
     *
     * @param c its real
     */
    static EntryLoss of(LossFunction function, double c) {
        return switch (function) {
            case SIGMOID_CROSS_ENTROPY ->
                new EntryLoss(
                        (a, y) -> Math.max(a, 0) - a * y + Math.log1p(Math.exp(-Math.abs(a))),
                        (a, y) -> sigmoid(a) - y,
                        // s (1 - s), without a difference that would round to zero.
                        (a, y) -> sigmoid(a) * sigmoid(-a));
            case LOG_LIKELIHOOD ->
                new EntryLoss(
                        (a, y) -> y == 0 ? 0 : -y * Math.log(a),
                        (a, y) -> y == 0 ? 0 : -y / a,
                        (a, y) -> y == 0 ? 0 : y / (a * a));
            case SQUARED_ERROR ->
                new EntryLoss((a, y) -> c * (a - y) * (a - y), (a, y) -> 2 * c * (a - y), (a, y) -> 2 * c);
            case ABSOLUTE_ERROR ->
                new EntryLoss((a, y) -> c * Math.abs(a - y), (a, y) -> c * Math.signum(a - y), (a, y) -> 0);
            case BINARY_LOG_LIKELIHOOD ->
                new EntryLoss(
                        (a, y) -> -(y == 0 ? 0 : y * Math.log(a)) - (y == 1 ? 0 : (1 - y) * Math.log1p(-a)),
                        (a, y) -> (y == 1 ? 0 : (1 - y) / (1 - a)) - (y == 0 ? 0 : y / a),
                        (a, y) -> (y == 1 ? 0 : (1 - y) / ((1 - a) * (1 - a))) + (y == 0 ? 0 : y / (a * a)));
            case HINGE -> new EntryLoss((a, y) -> Math.max(0, 1 - y * a), (a, y) -> y * a < 1 ? -y : 0, (a, y) -> 0);
            case SQUARED_HINGE ->
                new EntryLoss(
                        (a, y) -> Math.max(0, 1 - y * a) * Math.max(0, 1 - y * a),
                        (a, y) -> -2 * y * Math.max(0, 1 - y * a),
                        (a, y) -> y * a < 1 ? 2 * y * y : 0);
            case KULLBACK_LEIBLER ->
                new EntryLoss(
                        (a, y) -> y == 0 ? 0 : y * Math.log(y / a),
                        (a, y) -> y == 0 ? 0 : -y / a,
                        (a, y) -> y == 0 ? 0 : y / (a * a));
            case POISSON ->
                new EntryLoss(
                        (a, y) -> a - (y == 0 ? 0 : y * Math.log(a)),
                        (a, y) -> 1 - (y == 0 ? 0 : y / a),
                        (a, y) -> y == 0 ? 0 : y / (a * a));
            case SQUARED_LOG_ERROR ->
                new EntryLoss(
                        (a, y) -> c * logRatio(a, y) * logRatio(a, y),
                        (a, y) -> 2 * c * logRatio(a, y) / (1 + a),
                        (a, y) -> 2 * c * (1 - logRatio(a, y)) / ((1 + a) * (1 + a)));
            case RELATIVE_ERROR ->
                new EntryLoss(
                        (a, y) -> c * Math.abs((a - y) / y),
                        (a, y) -> c * Math.signum(a - y) / Math.abs(y),
                        (a, y) -> 0);
            case PRODUCT -> new EntryLoss((a, y) -> c * a * y, (a, y) -> c * y, (a, y) -> 0);
            default -> throw new IllegalArgumentException(function + " is not a loss of single entries");
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double logRatio(double a, double y) {
        return Math.log((1 + a) / (1 + y));
    }

    @Override
    public double sum(double[] outputs, double[] labels, double[] weights) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double weight = weights[i];
            // An entry with zero weight may be infinite.
            sum += weight == 0 ? 0 : weight * value.applyAsDouble(outputs[i], labels[i]);
        }
        return sum;
    }

    @Override
    public void slope(double[] outputs, double[] labels, double[] weights, double[] slopes) {
        for (int i = 0; i < labels.length; i++) {
            double weight = weights[i];
            slopes[i] = weight == 0 ? 0 : weight * slope.applyAsDouble(outputs[i], labels[i]);
        }
    }

    @Override
    public void secondDerivative(
            double[] outputs, double[] labels, double[] weights, double[] tangent, double[] results) {
        for (int i = 0; i < labels.length; i++) {
            double weight = weights[i];
            results[i] = weight == 0 ? 0 : weight * secondDerivative.applyAsDouble(outputs[i], labels[i]) * tangent[i];
        }
    }
}
