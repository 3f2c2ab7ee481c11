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
import org.thalweg.objective.Device;
import org.thalweg.objective.ObjectiveFactory;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * All options of a listener, without contradictions.
 *
 * @param probe the sample for all measurements
 * @param validation a second sample for surfaces
 * @param objectives creates the objective, if it is not computed on this machine alone
 * @param device where a compiled objective computes
 * @param exactOnly whether Hessian products must be exact
 * @param sinks the user's receivers of frames
 * @param findingListeners are told new findings
 * @param registry receives the meters
 * @param curvature empty for none
 */
record ListenerOptions(
        Probe probe,
        Optional<Probe> validation,
        Optional<ObjectiveFactory> objectives,
        Device device,
        boolean exactOnly,
        List<FrameSink> sinks,
        List<FindingListener> findingListeners,
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
            // Weights stay pruned on any plane.
            if (!surface.directions().withKeepPruned(false).equals(DirectionOptions.DEFAULT)) {
                throw Shortcut.contradiction(
                        plane,
                        "for directions, '" + surface.directions().describe()
                                + "', which are those of random directions"
                                + " (plane.scaled(...) scales other kinds)");
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
                    "pacing(...) asks for an overheadBudget, which measures the cost of frames at the first one,",
                    "for no firstFrame");
        }
        if (objectives.isPresent() && !device.equals(Device.AUTO)) {
            throw Shortcut.contradiction("objectives(...) computes elsewhere,", "for device " + device);
        }
        if (recording.discardLaterFrames() && recording.directory().isEmpty()) {
            throw new IllegalStateException(
                    "recording(...) asks for discardLaterFrames without a directory: give one, or leave it out");
        }
    }

    /** The contents of a frame. */
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
                surface.fixedPlane(),
                surface.tolerance(),
                surface.planes());
    }

    /** The run's name: the given one, the directory's, or the kind of network. */
    String run(Model model) {
        return recording.run().or(this::directoryName).orElse(model.getClass().getSimpleName());
    }

    private Optional<String> directoryName() {
        return recording.directory().map(directory -> {
            Path name = directory.toAbsolutePath().normalize().getFileName();
            return name == null ? "run" : name.toString();
        });
    }

    /**
     * Largest number of snapshots at a time: the one being processed, those waiting, and one that waits for space in
     * the queue.
     */
    int snapshots() {
        if (pacing.inline()) {
            return 1;
        }
        return pacing.queueCapacity() + (pacing.onBusy() == OnBusy.WAIT ? 2 : 1);
    }
}
