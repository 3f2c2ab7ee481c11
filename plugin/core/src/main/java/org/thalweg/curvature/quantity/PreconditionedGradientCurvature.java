package org.thalweg.curvature.quantity;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

/**
 * g^T D H g / g^T g for the gradient g and the step sizes D in units of the updater's stability limit, learning rate / (threshold P):
 * the curvature along the gradient of the preconditioned Hessian. Above 1 the gradient lies in directions in which the updater is
 * unstable. Under Adam the loss may then spike (Z. Bai, Z. Zhou et al., "Adaptive preconditioners trigger loss spikes in Adam", 2025,
 * arXiv 2506.04805, where it is the gradient-directional curvature and the limit 2 / learning rate); the largest eigenvalue of D H, the
 * {@link EdgeOfStability}, passes 1 earlier and more often. Shares its product with {@link GradientCurvature}, so it takes none of its own.
 *
 * <p>Absent where {@link EdgeOfStability} is; needs no eigenvalues.
 *
 * @since 0.2.0
 */
public final class PreconditionedGradientCurvature implements CurvatureQuantity {

    @Override
    public String name() {
        return "preconditioned_gradient_curvature";
    }

    @Override
    public String description() {
        return "Preconditioned curvature along the gradient in units of the updater's stability limit: above 1"
                + " the loss may spike";
    }

    @Override
    public double of(CurvatureContext context) {
        EdgeOfStability.requireTrainedFunction(context);
        OptionalDouble stepSize = context.stepSizes().uniform();
        if (stepSize.isPresent()) {
            return stepSize.getAsDouble() * GradientCurvature.along(context);
        }
        INDArray gradient = context.gradient();
        try (INDArray scaled = context.stepSizes().vector();
                INDArray precise = Nd4j.createUninitialized(DataType.DOUBLE, gradient.length())) {
            scaled.muli(precise.assign(gradient));
            return context.dot(context.gradientProduct(), scaled) / InnerProducts.dot(gradient, gradient);
        }
    }
}
