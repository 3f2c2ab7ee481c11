package org.thalweg.curvature;

import java.util.Optional;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Probe;

/**
 * The examples of a frame, for values that need more than the objective on the whole training probe. Immutable.
 *
 * @param training the training probe, to cut it into batches; empty if it is not known
 * @param validation the objective on held-out examples; empty without them
 * @param statistics the objective on the training probe with BatchNorm on the statistics of batches, to estimate them again;
 *     empty if it is not known
 * @since 0.2.0
 */
public record FrameProbes(Optional<Probe> training, Optional<Objective> validation, Optional<Objective> statistics) {

    /** Only the objective is known. */
    public static final FrameProbes UNKNOWN = new FrameProbes(Optional.empty(), Optional.empty());

    /** Probes of a network whose BatchNorm statistics cannot be estimated again. */
    public FrameProbes(Optional<Probe> training, Optional<Objective> validation) {
        this(training, validation, Optional.empty());
    }

    /** Only a training probe is known. */
    public static FrameProbes of(Probe training) {
        return new FrameProbes(Optional.of(training), Optional.empty());
    }
}
