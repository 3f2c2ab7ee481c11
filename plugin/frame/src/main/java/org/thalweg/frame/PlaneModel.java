package org.thalweg.frame;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The quadratic model of the loss on a frame's plane, its Taylor polynomial of second degree at the minimizer: the gradient
 * g and the Hessian H along the directions delta and eta. Immutable.
 *
 * @param loss at the minimizer
 * @param alpha first derivative along delta, g^T delta
 * @param beta first derivative along eta, g^T eta
 * @param alphaAlpha second derivative along delta, delta^T H delta
 * @param alphaBeta mixed second derivative, delta^T H eta
 * @param betaBeta second derivative along eta, eta^T H eta
 * @since 0.2.0
 */
public record PlaneModel(double loss, double alpha, double beta, double alphaAlpha, double alphaBeta, double betaBeta) {

    /** Share of the change of the loss from which the model counts as wrong. */
    public static final double WRONG = 0.1;

    /** The model of a frame; empty where it was not computed, or the minimizer is not the plane's centre. */
    public static Optional<PlaneModel> of(Frame frame) {
        return of(frame.loss(), frame.quantities());
    }

    /** The model from the quantities of a frame with a loss; empty if they lack one. */
    public static Optional<PlaneModel> of(double loss, Map<String, Double> quantities) {
        Double alpha = quantities.get("plane_slope_alpha");
        Double beta = quantities.get("plane_slope_beta");
        Double alphaAlpha = quantities.get("plane_curvature_alpha");
        Double alphaBeta = quantities.get("plane_curvature_alpha_beta");
        Double betaBeta = quantities.get("plane_curvature_beta");
        return alpha == null || beta == null || alphaAlpha == null || alphaBeta == null || betaBeta == null
                ? Optional.empty()
                : Optional.of(new PlaneModel(loss, alpha, beta, alphaAlpha, alphaBeta, betaBeta));
    }

    /** The model's loss at coordinates on the plane. */
    public double at(double a, double b) {
        return loss + alpha * a + beta * b + (alphaAlpha * a * a + betaBeta * b * b) / 2 + alphaBeta * a * b;
    }

    /** The surface with the model's losses at its evaluated points, and nothing else. */
    public SurfaceValues on(SurfaceValues surface) {
        double[] a = surface.alpha();
        double[] b = surface.beta();
        double[][] losses = surface.loss();
        boolean[][] evaluated = surface.evaluated();
        for (int row = 0; row < b.length; row++) {
            for (int column = 0; column < a.length; column++) {
                losses[row][column] = evaluated[row][column] ? at(a[column], b[row]) : Double.NaN;
            }
        }
        return new SurfaceValues(a, b, evaluated, losses, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The distance from the minimizer, in coordinates of the plane, at which the model is {@value #WRONG} wrong: the largest error
     * within the circle, divided by the largest change of the loss there, linear between the circles of the surface's points.
     *
     * @return 0 if the error is as large at the surface's innermost points; infinite if it is smaller on the whole surface; empty
     *     if the surface is flat
     */
    public OptionalDouble radius(SurfaceValues surface) {
        double within = 0;
        double before = Double.NaN;
        double error = 0;
        double change = 0;
        for (Map.Entry<Double, double[]> circle : circles(surface).entrySet()) {
            error = Math.max(error, circle.getValue()[0]);
            change = Math.max(change, circle.getValue()[1]);
            double ratio = error == 0 ? 0 : error / change;
            if (!(ratio < WRONG)) {
                return OptionalDouble.of(
                        Double.isNaN(before) || Double.isInfinite(ratio)
                                ? within
                                : within + (circle.getKey() - within) * (WRONG - before) / (ratio - before));
            }
            within = circle.getKey();
            before = ratio;
        }
        return change == 0 ? OptionalDouble.empty() : OptionalDouble.of(Double.POSITIVE_INFINITY);
    }

    /** By distance, the largest error and the largest change of the loss; infinite where the loss is not finite. */
    private Map<Double, double[]> circles(SurfaceValues surface) {
        double[] a = surface.alpha();
        double[] b = surface.beta();
        double[][] losses = surface.loss();
        boolean[][] evaluated = surface.evaluated();
        Map<Double, double[]> circles = new TreeMap<>();
        for (int row = 0; row < b.length; row++) {
            for (int column = 0; column < a.length; column++) {
                if (evaluated[row][column] && (a[column] != 0 || b[row] != 0)) {
                    double there = losses[row][column];
                    boolean finite = Double.isFinite(there);
                    double error = finite ? Math.abs(at(a[column], b[row]) - there) : Double.POSITIVE_INFINITY;
                    double change = finite ? Math.abs(there - loss) : 0;
                    double[] worst = circles.computeIfAbsent(Math.hypot(a[column], b[row]), r -> new double[2]);
                    worst[0] = Math.max(worst[0], error);
                    worst[1] = Math.max(worst[1], change);
                }
            }
        }
        return circles;
    }
}
