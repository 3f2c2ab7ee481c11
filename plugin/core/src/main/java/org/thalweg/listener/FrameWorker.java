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
import org.thalweg.frame.Frame;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.network.internal.Constraints;

/** What happens to a snapshot off the training thread: its frame is computed and handed to the sinks. */
final class FrameWorker implements FramePipeline.Work {

    /** Why a frame of a network that is not watched is skipped; this run has no gap there. */
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
    private final AtomicLong skipped = new AtomicLong();
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

    /**
     * Computes the frame of a snapshot and frees the snapshot.
     *
     * @throws RuntimeException whatever goes wrong
     */
    Frame compute(FrameRequest request) {
        try (request) {
            Frame frame = request.unconstrained() && constraints.isPresent()
                    ? computeConstrained(constraints.get(), request)
                    : analyze(request.snapshot(), request);
            if (request.beforeTraining() && governor.isLimited()) {
                governor.expect(analysis.cost(request.snapshot(), frame));
            }
            return frame;
        }
    }

    private Frame analyze(ParameterSnapshot snapshot, FrameRequest request) {
        return analysis.analyze(snapshot, request.training(), request.effort(), () -> cutShort)
                .withQuantities(governor.quantities(request.effort()))
                .withQuantities(Map.of("skipped_frames", (double) skipped.get()));
    }

    private Frame computeConstrained(Constraints constraining, FrameRequest request) {
        ParameterSnapshot constrained = constraining.applyTo(request.snapshot());
        try {
            return analyze(constrained, request);
        } finally {
            constrained.parameters().close();
        }
    }

    /** Computes the frame of a snapshot and hands it to the sinks; what goes wrong is reported and kept from the caller. */
    @Override
    public void accept(FrameRequest request) {
        long iteration = request.snapshot().iteration();
        AffinityManager devices = Nd4j.getAffinityManager();
        int own = devices.getDeviceForCurrentThread();
        long begun = System.nanoTime();
        try {
            // New threads get devices in turn; this one needs that of the arrays it computes with.
            if (own != device) {
                devices.unsafeSetDevice(device);
            }
            Frame frame = compute(request);
            sinks.frame(frame);
            long nanos = System.nanoTime() - begun;
            if (request.beforeTraining()) {
                governor.spent(nanos);
            } else {
                governor.made(request.effort(), frame, nanos);
            }
        } catch (Throwable e) {
            // First of all: where memory has run out, what follows may throw again.
            governor.spent(System.nanoTime() - begun);
            onceLog.warn(e.getClass(), "frame {} could not be computed; training continues", iteration, e);
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

    @Override
    public void skipped(long iteration, String reason) {
        log.debug("frame {} skipped: {}", iteration, reason);
        if (!reason.equals(ANOTHER_NETWORK)) {
            skipped.incrementAndGet();
        }
        sinks.skipped(iteration, reason);
    }

    /** Closes the sinks, and what frames are computed with. */
    @Override
    public void end() {
        sinks.close();
        if (validation != null) {
            validation.close();
        }
        train.close();
    }

    /** Closes the sinks alone: what frames are computed with is still in use. */
    void closeSinks() {
        sinks.close();
    }

    /** Whether the current thread is in a call to a sink. */
    boolean isCallingSinks() {
        return sinks.isCalling();
    }
}
