package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ParameterLayout;

/**
 * A mixture of the ways from theta to two points, each with filters brought back to their length,
 *
 * <pre>
 *   alpha n(alpha, 1) + (1 - beta) n(beta, 2)
 * </pre>
 *
 * <p>with n(t, i) = ||theta_f|| m / ||m||, m = (1 - t) theta_f + t theta_i,f in each filter f. At (0, 0) there is theta,
 * at (1, 1) theta_1 with theta's lengths. The shares add up to 1 where alpha = beta only; elsewhere weights grow or shrink
 * as a whole. For comparison with surfaces by R. Luciani, H. Huang and S. Danisch, "Efficient Neural Network Loss
 * Landscape Generation" (2019), of which this is the mixture as its readers have it in their own code; it is no plane in
 * the sense of Li et al.
 *
 * <p>Not one linear combination for all parameters, so points are evaluated one by one. Immutable.
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
