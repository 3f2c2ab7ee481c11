package org.thalweg.listener;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.analysis.FrameAnalysis;
import org.thalweg.analysis.SurfaceObjectives;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.Frame;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.network.internal.Constraints;

/** What happens to a snapshot off the training thread: frame, then sinks. Throws nothing. */
final class FrameWorker {

    /** Why a frame of a network that is not watched is left out; in this run that leaves no gap. */
    static final String ANOTHER_NETWORK = "another network";

    private static final Logger log = LoggerFactory.getLogger(FrameWorker.class);

    private final SurfaceObjectives train;
    private final @Nullable SurfaceObjectives validation;
    private final FrameAnalysis analysis;
    private final Optional<Constraints> constraints;
    private final SinkGroup sinks;
    private final OverheadGovernor governor;
    private final int device;
    private final OnceLogger onceLog = new OnceLogger(log);
    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean cutShort;

    FrameWorker(
            SurfaceObjectives train,
            @Nullable SurfaceObjectives validation,
            FrameAnalysis analysis,
            Optional<Constraints> constraints,
            SinkGroup sinks,
            OverheadGovernor governor) {
        this.train = train;
        this.validation = validation;
        this.analysis = analysis;
        this.constraints = constraints;
        this.sinks = sinks;
        this.governor = governor;
        this.device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
    }

    /** Computes the frame before training and frees the snapshot. */
    Frame first(ParameterSnapshot snapshot, TrainingState training) {
        try (FrameRequest taken = new FrameRequest(snapshot, training, false, governor.first())) {
            Frame frame = analyze(snapshot, taken);
            if (governor.isLimited()) {
                governor.expect(analysis.cost(snapshot, frame));
            }
            return frame;
        }
    }

    /** Computes the frame of a snapshot and frees the snapshot. */
    private Frame compute(FrameRequest taken) {
        try (taken) {
            return taken.unconstrained() && constraints.isPresent()
                    ? computeConstrained(constraints.get(), taken)
                    : analyze(taken.snapshot(), taken);
        }
    }

    private Frame analyze(ParameterSnapshot snapshot, FrameRequest taken) {
        return analysis.analyze(snapshot, taken.training(), taken.effort(), () -> cutShort)
                .withQuantities(governor.quantities(taken.effort()))
                .withQuantities(Map.of("skipped_frames", (double) leftOut.get()));
    }

    private Frame computeConstrained(Constraints constraining, FrameRequest taken) {
        ParameterSnapshot constrained = constraining.applyTo(taken.snapshot());
        try {
            return analyze(constrained, taken);
        } finally {
            constrained.parameters().close();
        }
    }

    /** Computes the frame of a snapshot and hands it to the sinks; whatever goes wrong is told and kept from the caller. */
    void process(FrameRequest taken) {
        long iteration = taken.snapshot().iteration();
        AffinityManager devices = Nd4j.getAffinityManager();
        int own = devices.getDeviceForCurrentThread();
        long begun = System.nanoTime();
        try {
            // A new thread gets devices in turn; what is computed with lives on the one that the listener was built on.
            if (own != device) {
                devices.unsafeSetDevice(device);
            }
            Frame frame = compute(taken);
            sinks.frame(frame);
            governor.made(taken.effort(), frame, System.nanoTime() - begun);
        } catch (Throwable e) {
            // First of all: where memory has run out, what follows may throw again.
            governor.failed(System.nanoTime() - begun);
            onceLog.warn(e.getClass(), "frame {} could not be computed; training goes on", iteration, e);
            sinks.failed(iteration, e);
        } finally {
            // This may be training's thread.
            if (own != device) {
                devices.unsafeSetDevice(own);
            }
        }
    }

    /** Lets the surface in work end where it is. */
    void cutShort() {
        cutShort = true;
    }

    void skipped(long iteration, String reason) {
        log.debug("frame {} left out: {}", iteration, reason);
        if (!reason.equals(ANOTHER_NETWORK)) {
            leftOut.incrementAndGet();
        }
        sinks.skipped(iteration, reason);
    }

    void close() {
        sinks.close();
        if (validation != null) {
            validation.close();
        }
        train.close();
    }
}
