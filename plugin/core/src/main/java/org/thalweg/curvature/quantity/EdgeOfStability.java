package org.thalweg.curvature.quantity;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.AbsentException;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * Curvature in units of what the updater is stable for: at 1, plain training bounces between the walls of the sharpest
 * valley. {@code learning rate * lambda_max} over 2 for gradient descent and over (2 + 2 beta) / (1 + 2 beta) for
 * Nesterov's momentum (J. Cohen et al. 2021, arXiv 2103.00065); for Adam, AMSGrad, RMSProp and AdaGrad the same with the
 * preconditioned Hessian (J. Cohen et al. 2022, arXiv 2207.14484), which is a Lanczos run of its own and needs a copy of
 * the updater's state.
 *
 * <p>It is a statement about the function that training descends, over all training data: it is absent where the
 * objective is another function, and as good as the probe stands for the training set.
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
        return "Largest curvature in units of what the updater is stable for: 1 at the edge of stability";
    }

    @Override
    public double of(CurvatureContext context) {
        context.training().otherFunction().ifPresent(difference -> {
            throw new AbsentException("objective: " + difference);
        });
        OptionalDouble stepSize = context.stepSizes().uniform();
        if (stepSize.isPresent()) {
            return stepSize.getAsDouble() * context.lambdaMax();
        }
        try (INDArray sizes = context.stepSizes().vector()) {
            return context.lambdaMaxScaled(sizes);
        }
    }
}
