package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterLayout;

/**
 * Two straight lines, one after the other: from theta towards the first point, with filters rescaled to their length,
 * and from there towards the second,
 *
 * <pre>
 *   (1 - beta) n(alpha, 1) + beta theta_2
 * </pre>
 *
 * <p>with n(t, i) = ||theta_f|| m / ||m||, m = (1 - t) theta_f + t theta_i,f in each filter f. The two axes differ:
 * beta is straight, alpha bends along the sphere of theta's lengths; at beta = 1 every point is theta_2. For comparison
 * with surfaces by R. Luciani, H. Huang and S. Danisch, "Efficient Neural Network Loss Landscape Generation" (2019),
 * who interpolate to two Gaussian points of the scale of theta; the plain plane of Li et al. is the default.
 *
 * <p>The linear combination differs between filters, so points are evaluated one by one. Immutable.
 *
 * @since 0.2.0
 */
public final class DoubleLinear extends FilterInterpolation {

    /**
     * @param layout of the parameters
     * @param theta at (0, 0), packed, {@code [P]}
     * @param first at (1, 0) up to the lengths of its filters, packed, {@code [P]}
     * @param second at beta = 1, packed, {@code [P]}
     */
    public DoubleLinear(ParameterLayout layout, INDArray theta, INDArray first, INDArray second) {
        super(layout, theta, first, second);
    }

    @Override
    double[] ofFilter(double alpha, double beta, double stretchAlpha, double stretchBeta) {
        double bent = (1 - beta) * stretchAlpha;
        return new double[] {bent * (1 - alpha), bent * alpha, beta};
    }
}
