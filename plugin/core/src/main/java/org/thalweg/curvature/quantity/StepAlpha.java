package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.LocalModel;

/**
 * Where the last step ended in the valley that it crossed: -1 where it began, 0 at the bottom, 1 as high on the other
 * side; -1, too, where the landscape along the step is concave (F. Schneider, F. Dangel and P. Hennig, "Cockpit: a
 * practical debugging tool for the training of deep neural networks", 2021, section 3).
 *
 * <p>A parabola w0 + w1 s + w2 s^2, s = 0 at the beginning of the step and 1 at its end, is fitted to the loss and its slope
 * at both ends; alpha = 1 / s_min - 1 with s_min = -w1 / (2 w2). Cockpit weighs the four by the noise of a batch. Those of
 * a fixed probe have none, so they weigh the same, and the normal equations give w2 = (m1 - m0) / 2 and
 * w1 = (f1 - f0 + 2 (m0 + m1)) / 5 - w2, with the losses f and the slopes m. Costs two losses and a gradient beside the frame's.
 */
public final class StepAlpha implements CurvatureQuantity {

    @Override
    public String name() {
        return "step_alpha";
    }

    @Override
    public String description() {
        return "Cockpit's alpha of the last step: -1 no move, 0 to the bottom of the valley, 1 as high on its other side";
    }

    @Override
    public double of(LocalModel model) {
        double before = model.objective().evaluate(model.previous()).loss();
        double slopeBefore;
        try (INDArray gradient = model.gradientAt(model.previous())) {
            slopeBefore = model.dot(gradient, model.step());
        }
        return alpha(before, slopeBefore, model.loss(), model.dot(model.gradient(), model.step()));
    }

    /** Alpha of losses and slopes at the beginning and at the end of a step, its length the unit. */
    static double alpha(double before, double slopeBefore, double after, double slopeAfter) {
        double bend = (slopeAfter - slopeBefore) / 2;
        double slope = (after - before + 2 * (slopeBefore + slopeAfter)) / 5 - bend;
        return bend < 0 ? -1 : -2 * bend / slope - 1;
    }
}
