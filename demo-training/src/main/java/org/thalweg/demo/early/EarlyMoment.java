package org.thalweg.demo.early;

import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.TraceValue;

/**
 * What one frame says of loss and curvature. A number that the frame lacks is NaN.
 *
 * @param iteration completed updates
 * @param loss loss on the probe
 * @param lambdaMax largest eigenvalue of the Hessian
 * @param trace trace of the Hessian
 * @param fisher trace of the Gauss-Newton matrix, for softmax and cross-entropy that of the Fisher information matrix (J. Martens,
 *     "New insights and perspectives on the natural gradient method", 2020, section 9.2)
 * @param held accuracy on held-out images, in percent
 */
record EarlyMoment(long iteration, double loss, double lambdaMax, double trace, double fisher, double held) {

    static EarlyMoment of(Frame frame) {
        CurvatureValues curvature = frame.curvature();
        return new EarlyMoment(
                frame.iteration(),
                frame.loss(),
                curvature.lambdaMax().map(Eigenvalue::value).orElse(Double.NaN),
                curvature.trace().map(TraceValue::value).orElse(Double.NaN),
                curvature
                        .gaussNewton()
                        .flatMap(GaussNewtonValues::trace)
                        .map(TraceValue::value)
                        .orElse(Double.NaN),
                frame.validationAccuracy().orElse(Double.NaN));
    }
}
