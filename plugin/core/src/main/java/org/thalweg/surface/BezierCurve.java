package org.thalweg.surface;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Parameterization;

/**
 * A quadratic Bezier curve between two networks of one architecture,
 *
 * <pre>
 *   phi(t) = (1 - t)^2 first + 2 t (1 - t) bend + t^2 second,   0 &lt;= t &lt;= 1
 * </pre>
 *
 * <p>(T. Garipov et al., "Loss Surfaces, Mode Connectivity, and Fast Ensembling of DNNs", NeurIPS 2018, section 3). It lies in
 * the plane of its three points. Vectors are packed, {@code [P]}, of one type, and not modified.
 *
 * @param first at t = 0
 * @param bend the point towards which the curve bends; it does not go through it
 * @param second at t = 1
 * @since 0.2.0
 */
public record BezierCurve(INDArray first, INDArray bend, INDArray second) {

    public BezierCurve {
        if (bend.length() != first.length() || second.length() != first.length()) {
            throw new IllegalArgumentException("the points of a curve must have the " + first.length()
                    + " parameters of the first, got " + bend.length() + " and " + second.length());
        }
    }

    /** The straight line, as a curve whose bend is the midpoint. */
    public static BezierCurve straight(INDArray first, INDArray second) {
        return new BezierCurve(first, first.add(second).muli(0.5), second);
    }

    /** The share of the bend at t, 2 t (1 - t), which is also the derivative of phi(t) with respect to the bend. */
    public static double bendShare(double t) {
        return 2 * t * (1 - t);
    }

    /** The parameters at t, a new vector. */
    public INDArray at(double t) {
        INDArray point = first.mul((1 - t) * (1 - t));
        try (INDArray bent = bend.mul(bendShare(t));
                INDArray rest = second.mul(t * t)) {
            return point.addi(bent).addi(rest);
        }
    }

    /**
     * The gradient of the loss at t with respect to the bend, 2 t (1 - t) grad L(phi(t)): a sample of the gradient of the mean
     * loss over t, which is what the curve minimizes (equation 2 of the source).
     *
     * @return a new vector, packed, {@code [P]}
     * @throws UnsupportedOperationException if the objective has no gradient that can be trusted; the message is the reason
     */
    public INDArray bendGradient(Objective objective, double t) {
        try (INDArray point = at(t)) {
            return objective.gradient(point).muli(bendShare(t));
        }
    }

    /**
     * The curve for a {@link LineEvaluator} at the first network: its coordinate is t, and its directions lead from there to
     * the bend and to the second network.
     */
    public Parameterization along() {
        return new Along(List.of(bend.sub(first), second.sub(first)));
    }

    /** first + 2 t (1 - t) (bend - first) + t^2 (second - first). */
    private record Along(List<INDArray> directions) implements Parameterization {

        @Override
        public double[][] coefficients(double[] point, ParameterBlock block) {
            double t = point[0];
            return new double[][] {{1}, {bendShare(t)}, {t * t}};
        }
    }
}
