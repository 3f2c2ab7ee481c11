package org.thalweg.curvature;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;

/**
 * The objective of a frame on random batches and on the classes of its probe, and on the validation probe. Batches and
 * classes are opened on first use. Confined to one thread.
 */
final class FrameObjectives implements AutoCloseable {

    /** With 16 batches, the 95 % quantile of Student's distribution is 2.13, close to the normal one. */
    private static final int BATCHES = 16;

    /** With fewer, an average says little of a class, and the cost of a pass is that of many small batches. */
    private static final int EXAMPLES_A_CLASS = 4;

    /** Batches are the same in each frame. */
    private static final long SEED = 20410;

    private final Objective objective;
    private final FrameProbes probes;
    private @Nullable ObjectiveParts batches;
    private @Nullable ObjectiveParts classes;

    FrameObjectives(Objective objective, FrameProbes probes) {
        this.objective = objective;
        this.probes = probes;
    }

    Objective whole() {
        return objective;
    }

    /**
     * The objective on batches of nearly equal size, as many as there are up to {@value #BATCHES}.
     *
     * @throws AbsentException if the probe is not known, too small, or not a sum over its examples
     */
    ObjectiveParts batches() {
        if (batches == null) {
            Probe probe = probeOfIndependentExamples();
            if (probe.size() < BATCHES) {
                throw new AbsentException(
                        "probe: its " + probe.size() + " examples are too few for " + BATCHES + " batches");
            }
            List<ProbePart> parts = ProbePart.random(probe, BATCHES, SEED);
            batches = objective.parts(probe, parts);
        }
        return batches;
    }

    private Probe probeOfIndependentExamples() {
        Probe probe = probes.training().orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF));
        if (!objective.hasIndependentExamples()) {
            throw new AbsentException("batch statistics: examples depend on each other");
        }
        return probe;
    }

    /**
     * The objective on the classes of its probe, each in the random batches of {@link #batches}.
     *
     * @throws AbsentException if the probe is not known, has too few examples or no classes, or the loss is not a sum over its examples
     */
    ObjectiveParts classes() {
        if (classes == null) {
            Probe probe = probeOfIndependentExamples();
            if (!ProbePart.hasClasses(probe)) {
                throw new AbsentException("labels: examples do not belong to one class each");
            }
            List<ProbePart> parts = ProbePart.classes(probe);
            if (probe.size() < EXAMPLES_A_CLASS * parts.size()) {
                throw new AbsentException("probe: its " + probe.size() + " examples are too few for " + parts.size()
                        + " classes, " + EXAMPLES_A_CLASS + " each are needed");
            }
            int count = Math.min(BATCHES, probe.size());
            classes = objective.parts(probe, ProbePart.crossed(parts, ProbePart.random(probe, count, SEED)));
        }
        return classes;
    }

    /** The objective on the validation probe. */
    Objective validation() {
        return probes.validation().orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF));
    }

    /**
     * The loss of an objective of this frame at other parameters, with BatchNorm's running statistics estimated there.
     *
     * @throws AbsentException if they cannot be estimated
     */
    double lossElsewhere(Objective which, INDArray theta) {
        boolean hasStatistics =
                which.layout().blocks().stream().anyMatch(block -> block.kind() == ParameterKind.STATISTIC);
        if (!hasStatistics || !which.hasIndependentExamples()) {
            return which.evaluate(theta).loss();
        }
        ParameterSnapshot there = probes.statistics()
                .flatMap(objective -> objective.estimatedStatistics(theta))
                .orElseThrow(() -> new AbsentException("BatchNorm: its statistics cannot be estimated again"));
        double loss = which.withConstants(there).evaluate(theta).loss();
        there.parameters().close();
        return loss;
    }

    @Override
    public void close() {
        if (batches != null) {
            batches.close();
        }
        if (classes != null) {
            classes.close();
        }
    }
}
