package org.thalweg.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SamplingBar;

/** Findings from the losses at the minimizer, on both probes. */
final class LossFindings {

    private LossFindings() {}

    static Optional<Finding> diverged(Frame frame) {
        if (frame.status() != Frame.Status.DIVERGED && Double.isFinite(frame.loss())) {
            return Optional.empty();
        }
        return Optional.of(Advice.alarm(
                "diverged",
                Double.isFinite(frame.loss())
                        ? "Training has diverged: not all parameters are finite."
                        : "Training has diverged: the loss is " + Words.number(frame.loss()) + ".",
                Map.of()));
    }

    /** Compares the training loss with the lowest one of earlier frames. */
    static Optional<Finding> risen(Frame frame, Collection<Moment> earlier, Optional<Moment> before) {
        double rise = Thresholds.LOSS_RISE.after(before, "loss_risen");
        return earlier.stream()
                .filter(moment -> moment.loss() > 0)
                .min(Comparator.comparingDouble(Moment::loss))
                .filter(lowest -> frame.loss() > (1 + rise) * lowest.loss() && beyondNoise(frame, lowest.loss()))
                .map(lowest -> Advice.warning(
                        "loss_risen",
                        "The loss has risen: " + Words.number(frame.loss()) + ", and "
                                + Words.number(lowest.loss()) + " at iteration " + Words.count(lowest.iteration())
                                + ".",
                        Map.of("lowest", lowest.loss(), "loss", frame.loss())));
    }

    /** The validation loss has risen from its lowest value, while the training loss has fallen. */
    static Optional<Finding> overfitting(Frame frame, Collection<Moment> earlier, Optional<Moment> before) {
        double rise = Thresholds.LOSS_RISE.after(before, "overfitting");
        if (frame.validationLoss().isEmpty()) {
            return Optional.empty();
        }
        double now = frame.validationLoss().getAsDouble();
        return lowestValidation(earlier)
                .filter(lowest -> now > (1 + rise) * lowest.validationLoss().getAsDouble())
                .filter(lowest -> frame.loss() < lowest.loss())
                .map(lowest -> Advice.warning(
                        "overfitting",
                        "Overfitting: since iteration " + Words.count(lowest.iteration())
                                + " the validation loss has risen from "
                                + Words.number(lowest.validationLoss().getAsDouble()) + " to " + Words.number(now)
                                + " while the training loss fell.",
                        Map.of("lowest", lowest.validationLoss().getAsDouble(), "validation_loss", now)));
    }

    /**
     * Whether the validation loss is above its lowest value by more than the loss's 95 % bar, so that there is no reason to train
     * on. Nothing is known of the validation loss's own error; the training loss's stands for it.
     */
    static boolean validationHasRisen(Frame frame, Collection<Moment> earlier) {
        return frame.validationLoss().isPresent()
                && lowestValidation(earlier)
                        .filter(lowest -> frame.validationLoss().getAsDouble()
                                        - lowest.validationLoss().getAsDouble()
                                > bar(frame))
                        .isPresent();
    }

    private static Optional<Moment> lowestValidation(Collection<Moment> earlier) {
        return earlier.stream()
                .filter(moment -> moment.validationLoss().orElse(Double.NaN) > 0)
                .min(Comparator.comparingDouble(
                        moment -> moment.validationLoss().getAsDouble()));
    }

    /** Whether a rise exceeds the loss's 95 % sampling error, which is an upper bound between frames of one probe. */
    private static boolean beyondNoise(Frame frame, double before) {
        return frame.loss() - before > bar(frame);
    }

    private static double bar(Frame frame) {
        return SamplingBar.of(frame.quantities().getOrDefault("loss_standard_error", 0.0));
    }
}
