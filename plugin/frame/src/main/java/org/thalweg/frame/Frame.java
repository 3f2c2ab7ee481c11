package org.thalweg.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What one look at the landscape found. Immutable.
 *
 * @param iteration number of completed parameter updates; 0 before training
 * @param epoch number of completed epochs
 * @param status whether everything asked for was computed
 * @param loss objective at the snapshot's parameters, on the training probe
 * @param accuracy percent, absent for regression
 * @param validationLoss the same on the validation probe, absent without one
 * @param validationAccuracy percent, absent for regression or without a validation probe
 * @param objective name of the objective that was measured, {@code compiled} or {@code network} say
 * @param surface loss surface around the parameters
 * @param curvature extreme eigenvalues, or the reason why there are none
 * @param quantities further scalars by name, gradient norm say; each becomes a meter, a column and an attribute;
 *     those that are not finite are left out
 * @param seconds wall time by stage: {@code surface}, {@code curvature}, ..., and {@code total}
 * @param directions the directions as used in this frame, {@code delta/0_W}, {@code eta/0_W}, ...; empty unless asked for
 * @param weights the network's parameters by key; empty unless asked for
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
        List<NamedArray> directions,
        List<NamedArray> weights) {

    /** Whether everything asked for was computed. */
    public enum Status {
        /** Everything asked for. */
        COMPLETE("complete"),
        /**
         * A budget cut it short: points of the surface are missing, and what is there is a valid coarser one; or it is
         * of fewer examples, or the curvature of fewer products or absent.
         */
        PARTIAL("partial"),
        /** The parameters or the loss at them are not finite: there is no curvature to speak of. */
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
        directions = List.copyOf(directions);
        weights = List.copyOf(weights);
    }

    /** Begins a frame at these numbers of completed updates and epochs. */
    public static FrameBuilder builder(long iteration, int epoch) {
        return new FrameBuilder(iteration, epoch);
    }

    /** Begins a frame that differs from this one in some parts. */
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
