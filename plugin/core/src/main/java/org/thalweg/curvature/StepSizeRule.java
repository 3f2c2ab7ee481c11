package org.thalweg.curvature;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The curvature for which an updater is stable on a quadratic: with a fixed preconditioner P it is stable where
 * {@code learning rate * lambda_max(P^-1 H)} is below the threshold.
 *
 * <p>Thresholds: 2 for gradient descent, (2 + 2 beta) / (1 + 2 beta) for Nesterov's momentum (J. Cohen et al.,
 * "Gradient descent on neural networks typically occurs at the edge of stability", 2021, arXiv 2103.00065, appendix B),
 * (2 + 2 beta1) / (1 - beta1) for a moving average of gradients (J. Cohen et al., "Adaptive gradient methods at the
 * edge of stability", 2022, arXiv 2207.14484). The preconditioners are those of ND4J's updaters, including bias
 * correction.
 *
 * @param threshold of {@code learning rate * lambda_max(P^-1 H)}
 * @param state name of the state that P is formed from; empty where P is the identity
 * @param preconditioner maps an element of that state to an element of P
 * @since 0.2.0
 */
public record StepSizeRule(double threshold, Optional<String> state, DoubleUnaryOperator preconditioner) {

    /**
     * The rule of an updater.
     *
     * @param iteration number of completed updates
     * @return empty where no threshold is known
     */
    public static Optional<StepSizeRule> of(IUpdater updater, int iteration, int epoch) {
        Class<?> type = updater.getClass();
        if (type == Sgd.class) {
            return Optional.of(plain(2));
        }
        if (type == Nesterovs.class) {
            double beta = ((Nesterovs) updater).currentMomentum(iteration, epoch);
            return Optional.of(plain((2 + 2 * beta) / (1 + 2 * beta)));
        }
        if (type == RmsProp.class) {
            double epsilon = ((RmsProp) updater).getEpsilon();
            return Optional.of(adaptive(2, "G", v -> Math.sqrt(v) + epsilon));
        }
        if (type == AdaGrad.class) {
            double epsilon = ((AdaGrad) updater).getEpsilon();
            return Optional.of(adaptive(2, "grad", v -> Math.sqrt(v) + epsilon));
        }
        if (type == Adam.class) {
            Adam adam = (Adam) updater;
            return Optional.of(averaged(adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), "V", iteration));
        }
        if (type == AMSGrad.class) {
            AMSGrad adam = (AMSGrad) updater;
            return Optional.of(averaged(adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), "V_HAT", iteration));
        }
        return Optional.empty();
    }

    private static StepSizeRule plain(double threshold) {
        return new StepSizeRule(threshold, Optional.empty(), v -> 1);
    }

    private static StepSizeRule adaptive(double threshold, String state, DoubleUnaryOperator preconditioner) {
        return new StepSizeRule(threshold, Optional.of(state), preconditioner);
    }

    private static StepSizeRule averaged(double beta1, double beta2, double epsilon, String state, int iteration) {
        double correction = (1 - Math.pow(beta1, iteration)) / Math.sqrt(1 - Math.pow(beta2, iteration));
        return adaptive((2 + 2 * beta1) / (1 - beta1), state, v -> correction * (Math.sqrt(v) + epsilon));
    }
}
