package org.thalweg.demo.edge;

import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/** How gradients of all examples become steps, and the sharpness up to which these are stable. */
enum FullBatchUpdater {
    /** Gradient descent: lambda_max(H) up to 2/lr. */
    DESCENT(2, "2/lr") {
        @Override
        IUpdater configured(double learningRate) {
            return new Sgd(learningRate);
        }

        @Override
        double sharpness(Frame frame, double learningRate) {
            return frame.curvature().lambdaMax().map(Eigenvalue::value).orElse(Double.NaN);
        }
    },
    /**
     * Adam with its usual decay rates: lambda_max(P^-1 H) up to (2 + 2 beta_1) / (1 - beta_1) / lr = 38/lr, with Adam's
     * preconditioner P (J. Cohen et al., "Adaptive gradient methods at the edge of stability", 2022, arXiv 2207.14484).
     */
    ADAM(38, "38/lr") {
        @Override
        IUpdater configured(double learningRate) {
            return new Adam(learningRate);
        }

        @Override
        double sharpness(Frame frame, double learningRate) {
            return Optional.ofNullable(frame.quantities().get(EDGE))
                    .map(share -> share * limit(learningRate))
                    .orElse(Double.NaN);
        }
    };

    /** The quantity that is preconditioned sharpness in units of its limit. */
    private static final String EDGE = "edge_of_stability";

    private final double factor;
    private final String label;

    FullBatchUpdater(double factor, String label) {
        this.factor = factor;
        this.label = label;
    }

    abstract IUpdater configured(double learningRate);

    /** The sharpness of a frame, preconditioned as this updater's steps are; NaN where the frame has none. */
    abstract double sharpness(Frame frame, double learningRate);

    /** The sharpness at the edge of stability. */
    double limit(double learningRate) {
        return factor / learningRate;
    }

    /** The limit for people. */
    String label() {
        return label;
    }
}
