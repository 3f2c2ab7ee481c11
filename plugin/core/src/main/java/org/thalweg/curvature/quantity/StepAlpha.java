package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;

/**
 * Where the last step ended in the valley that it crossed: -1 where it began, 0 at the bottom, 1 as high on the other
 * side; also -1 where the landscape along the step is concave (F. Schneider, F. Dangel and P. Hennig, "Cockpit: a
 * practical debugging tool for the training of deep neural networks", 2021, section 3).
 *
 * <p>A parabola w0 + w1 s + w2 s^2, s = 0 at the beginning of the step and 1 at its end, is fitted to the loss and its
 * derivative at both ends; alpha = 1 / s_min - 1 with s_min = -w1 / (2 w2). Cockpit weights the four values by the
 * noise of a batch. On a fixed probe they have none, so they get equal weights, and the normal equations give w2 = (m1
 * - m0) / 2 and w1 = (f1 - f0 + 2 (m0 + m1)) / 5 - w2, with the losses f and the derivatives m. Costs two more losses
 * and one more gradient.
 *
 * @since 0.2.0
 */
public final class StepAlpha implements CurvatureQuantity {

    @Override
    public String name() {
        return "step_alpha";
    }

    @Override
    public String description() {
        return "Cockpit's alpha of the last step: -1 no move, 0 at the bottom of the valley, 1 as high on its far side";
    }

    @Override
    public double of(CurvatureContext context) {
        double before = context.objective().evaluate(context.previous()).loss();
        double derivativeBefore;
        try (INDArray gradient = context.gradientAt(context.previous())) {
            derivativeBefore = context.dot(gradient, context.step());
        }
        return alpha(before, derivativeBefore, context.loss(), context.dot(context.gradient(), context.step()));
    }

    /** Alpha from the losses and derivatives at both ends of a step, in units of its length. */
    static double alpha(double before, double derivativeBefore, double after, double derivativeAfter) {
        double secondOrder = (derivativeAfter - derivativeBefore) / 2;
        double firstOrder = (after - before + 2 * (derivativeBefore + derivativeAfter)) / 5 - secondOrder;
        return secondOrder < 0 ? -1 : -2 * secondOrder / firstOrder - 1;
    }
}
