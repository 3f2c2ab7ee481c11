package org.thalweg.curvature.quantity;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * The largest curvature in units of the updater's stability limit: at 1, plain gradient descent bounces between the
 * walls of the sharpest valley. {@code learning rate * lambda_max} over 2 for gradient descent and over (2 + 2 beta) /
 * (1 + 2 beta) for Nesterov's momentum (J. Cohen et al. 2021, arXiv 2103.00065); for Adam, AMSGrad, RMSProp and AdaGrad
 * the same with the preconditioned Hessian (J. Cohen et al. 2022, arXiv 2207.14484), which takes another Lanczos run
 * and a copy of the updater's state.
 *
 * <p>It describes the function that training descends, over all training data: it is absent where the objective is
 * another function, and it is only as accurate as the probe represents the training set.
 *
 * @since 0.2.0
 */
public final class EdgeOfStability implements CurvatureQuantity {

    @Override
    public String name() {
        return "edge_of_stability";
    }

    @Override
    public String description() {
        return "Largest curvature in units of the updater's stability limit: 1 at the edge of stability";
    }

    @Override
    public double of(CurvatureContext context) {
        requireTrainedFunction(context);
        OptionalDouble stepSize = context.stepSizes().uniform();
        if (stepSize.isPresent()) {
            return stepSize.getAsDouble() * context.lambdaMax();
        }
        try (INDArray sizes = context.stepSizes().vector()) {
            return context.lambdaMaxScaled(sizes);
        }
    }

    /** Requires that training descends the objective. */
    static void requireTrainedFunction(CurvatureContext context) {
        context.training().otherFunction().ifPresent(difference -> {
            throw new AbsentException("objective: " + difference);
        });
    }
}
