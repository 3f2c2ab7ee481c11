package org.thalweg.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The landscape at one moment of training. Immutable.
 *
 * @param iteration number of completed parameter updates; 0 before training
 * @param epoch number of completed epochs
 * @param status whether everything requested was computed
 * @param loss objective at the snapshot's parameters, on the training probe
 * @param accuracy percent, absent for regression
 * @param validationLoss the same on the validation probe, absent without one
 * @param validationAccuracy percent, absent for regression or without a validation probe
 * @param objective name of the measured objective, such as {@code compiled} or {@code network}
 * @param surface loss surface around the parameters
 * @param curvature extreme eigenvalues, or the reason why there are none
 * @param quantities further scalars by name, such as the gradient norm; each becomes a meter, a column and an
 *     attribute; non-finite ones are left out
 * @param seconds wall time by stage: {@code surface}, {@code curvature}, ..., and {@code total}
 * @param findings what the frame means, in sentences, the most severe first; empty unless a listener found any
 * @param directions the directions as used in this frame, {@code delta/0_W}, {@code eta/0_W}, ...; empty unless
 *     requested
 * @param weights the network's parameters by key; empty unless requested
 * @since 0.2.0
 */
public record Frame(
        long iteration,
        int epoch,
        Status status,
        double loss,
        OptionalDouble accuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy,
        String objective,
        SurfaceValues surface,
        CurvatureValues curvature,
        Map<String, Double> quantities,
        Map<String, Double> seconds,
        List<Finding> findings,
        List<NamedArray> directions,
        List<NamedArray> weights) {

    /** Whether everything requested was computed. */
    public enum Status {
        /** Everything requested was computed. */
        COMPLETE("complete"),
        /**
         * A budget cut the frame short: points of the surface are missing, and the rest is a valid coarser surface; or
         * the surface has fewer examples; or the curvature has fewer products or is absent.
         */
        PARTIAL("partial"),
        /** The parameters or the loss are not finite, so there is no curvature. */
        DIVERGED("diverged");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /** The word in files and meters. */
        public String label() {
            return label;
        }

        /** The status with a label. */
        public static Optional<Status> of(String label) {
            for (Status status : values()) {
                if (status.label.equals(label)) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
    }

    public Frame {
        if (iteration < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "iteration and epoch must not be negative, got " + iteration + " and " + epoch);
        }
        quantities = quantities.entrySet().stream()
                .filter(quantity -> Double.isFinite(quantity.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        seconds = Map.copyOf(seconds);
        findings = List.copyOf(findings);
        directions = List.copyOf(directions);
        weights = List.copyOf(weights);
    }

    /** A builder of a frame at these numbers of completed updates and epochs. */
    public static FrameBuilder builder(long iteration, int epoch) {
        return new FrameBuilder(iteration, epoch);
    }

    /** A builder that starts with the values of this frame. */
    public FrameBuilder toBuilder() {
        return new FrameBuilder(this);
    }

    /** The same frame with further quantities. */
    public Frame withQuantities(Map<String, Double> further) {
        return toBuilder().quantities(further).build();
    }

    /** The same frame without directions and weights, which may be large. */
    public Frame withoutArrays() {
        return toBuilder().directions(List.of()).weights(List.of()).build();
    }

    /** Wall time of the whole frame in seconds. */
    public double totalSeconds() {
        return seconds.getOrDefault("total", 0.0);
    }
}
