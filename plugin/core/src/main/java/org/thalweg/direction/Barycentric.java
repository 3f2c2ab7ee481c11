package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterLayout;

/**
 * A mixture of the paths from theta to two points, each with filters rescaled to their length,
 *
 * <pre>
 *   alpha n(alpha, 1) + (1 - beta) n(beta, 2)
 * </pre>
 *
 * <p>with n(t, i) = ||theta_f|| m / ||m||, m = (1 - t) theta_f + t theta_i,f in each filter f. The point (0, 0) is
 * theta, and (1, 1) is theta_1 with theta's lengths. The shares add up to 1 only where alpha = beta; elsewhere all
 * weights grow or shrink together. For comparison with surfaces by R. Luciani, H. Huang and S. Danisch, "Efficient
 * Neural Network Loss Landscape Generation" (2019), in the form in which others have implemented their mixture; it is
 * not a plane in the sense of Li et al.
 *
 * <p>The linear combination differs between filters, so points are evaluated one by one. Immutable.
 *
 * @since 0.2.0
 */
public final class Barycentric extends FilterInterpolation {

    /**
     * @param layout of the parameters
     * @param theta at (0, 0), packed, {@code [P]}
     * @param first packed, {@code [P]}
     * @param second packed, {@code [P]}
     */
    public Barycentric(ParameterLayout layout, INDArray theta, INDArray first, INDArray second) {
        super(layout, theta, first, second);
    }

    @Override
    double[] ofFilter(double alpha, double beta, double stretchAlpha, double stretchBeta) {
        double one = alpha * stretchAlpha;
        double two = (1 - beta) * stretchBeta;
        return new double[] {one * (1 - alpha) + two * (1 - beta), one * alpha, two * beta};
    }
}
