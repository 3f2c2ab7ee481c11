package org.thalweg.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.frame.FrameSink;
import org.thalweg.objective.ObjectiveFactory;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * Everything that a listener is built from, free of contradictions.
 *
 * @param probe on which everything is measured
 * @param validation on which surfaces are measured, too
 * @param objectives who makes the objective, if it is not this machine alone
 * @param exactOnly whether Hessian products must be exact
 * @param sinks the user's receivers of frames
 * @param registry where meters go
 * @param curvature empty for none
 */
record ListenerOptions(
        Probe probe,
        Optional<Probe> validation,
        Optional<ObjectiveFactory> objectives,
        boolean exactOnly,
        List<FrameSink> sinks,
        Optional<MeterRegistry> registry,
        ObjectiveOptions objective,
        SurfaceOptions surface,
        Optional<CurvatureOptions> curvature,
        QuantityOptions quantities,
        RecordingOptions recording,
        PacingOptions pacing) {

    /** @throws IllegalStateException naming two options that contradict each other */
    ListenerOptions {
        if (surface.plane().isPresent()) {
            String plane =
                    "surface(...) asks for a plane, " + surface.plane().get().describe() + ",";
            if (surface.seed() != SurfaceOptions.DEFAULT.seed()) {
                throw Shortcut.contradiction(plane, "for seed " + surface.seed() + " of random directions");
            }
            if (!surface.directions().equals(DirectionOptions.DEFAULT)) {
                throw Shortcut.contradiction(
                        plane,
                        "for directions, '" + surface.directions().describe()
                                + "', which are those of random directions" + " (plane.scaled(...) scales other ones)");
            }
        }
        if (pacing.inline() && pacing.onBusy() != PacingOptions.DEFAULT.onBusy()) {
            throw Shortcut.contradiction(
                    "pacing(...) asks for inline frames, which training waits for,", "for onBusy " + pacing.onBusy());
        }
        if (pacing.inline() && pacing.queueCapacity() != PacingOptions.DEFAULT.queueCapacity()) {
            throw Shortcut.contradiction(
                    "pacing(...) asks for inline frames, which training waits for,",
                    "for a queueCapacity of " + pacing.queueCapacity());
        }
        if (pacing.inline() && pacing.firstFrame() == FirstFrame.IN_BACKGROUND) {
            throw Shortcut.contradiction(
                    "pacing(...) asks for inline frames, which no worker computes,",
                    "for a firstFrame in the background");
        }
        if (pacing.overheadBudget().isPresent() && pacing.firstFrame() == FirstFrame.NONE) {
            throw Shortcut.contradiction(
                    "pacing(...) asks for an overheadBudget, which learns from the first frame what frames cost,",
                    "for no firstFrame");
        }
        if (recording.discardLaterFrames() && recording.directory().isEmpty()) {
            throw new IllegalStateException(
                    "recording(...) asks for discardLaterFrames without a directory: give one, or leave it out");
        }
    }

    /** What a frame consists of. */
    AnalysisOptions analysis() {
        return new AnalysisOptions(
                surface.grid(),
                surface.directions(),
                surface.seed(),
                curvature,
                quantities.list(),
                recording.directions(),
                recording.weights(),
                surface.plane(),
                surface.fixedPlane());
    }

    /** The run's name: as given, or its directory's, or the kind of network's. */
    String run(Model model) {
        return recording.run().or(this::directoryName).orElse(model.getClass().getSimpleName());
    }

    private Optional<String> directoryName() {
        return recording.directory().map(directory -> {
            Path name = directory.toAbsolutePath().normalize().getFileName();
            return name == null ? "run" : name.toString();
        });
    }

    /** How many snapshots there are at most: in work, waiting, and one whose taker waits for room. */
    int snapshots() {
        if (pacing.inline()) {
            return 1;
        }
        return pacing.queueCapacity() + (pacing.onBusy() == OnBusy.WAIT ? 2 : 1);
    }
}
