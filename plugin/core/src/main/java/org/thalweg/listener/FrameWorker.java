package org.thalweg.listener;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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

/** Processes a snapshot off the training thread: computes its frame and passes it to the sinks. */
final class FrameWorker implements FramePipeline.Work {

    /** The reason for skipping a frame of a network that is not watched; it leaves no gap in this run. */
    static final String ANOTHER_NETWORK = "another network";

    /** Frames that take longer than this are also shown while they are computed. */
    private static final long SLOW_NANOS = 1_000_000_000;

    private static final Logger log = LoggerFactory.getLogger(FrameWorker.class);

    private final SurfaceObjectives train;
    private final @Nullable SurfaceObjectives validation;
    private final FrameAnalysis analysis;
    private final Optional<Constraints> constraints;
    private final SinkGroup sinks;
    private final OverheadGovernor governor;
    private final int device;
    private final FindingReporter findings;
    private final OnceLogger onceLog = new OnceLogger(log);
    private final SkippedFrames skipped = new SkippedFrames(log);
    private final AtomicLong reduced = new AtomicLong();
    private volatile boolean cutShort;
    /** Whether sinks receive the next frame while it is computed; true for the first one, whose time is unknown. */
    private volatile boolean isSlow = true;

    FrameWorker(
            SurfaceObjectives train,
            @Nullable SurfaceObjectives validation,
            FrameAnalysis analysis,
            Optional<Constraints> constraints,
            SinkGroup sinks,
            FindingReporter findings,
            OverheadGovernor governor) {
        this.train = train;
        this.validation = validation;
        this.analysis = analysis;
        this.constraints = constraints;
        this.sinks = sinks;
        this.findings = findings;
        this.governor = governor;
        this.device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
    }

    /**
     * Computes the frame of a snapshot and frees the snapshot.
     *
     * @throws RuntimeException if the computation fails
     */
    Frame compute(FrameRequest request) {
        try (request) {
            Frame frame = request.unconstrained() && constraints.isPresent()
                    ? computeConstrained(constraints.get(), request)
                    : analyze(request.snapshot(), request);
            if (request.beforeTraining() && governor.isLimited()) {
                governor.expect(analysis.cost(request.snapshot(), frame));
            }
            return findings.describe(frame);
        }
    }

    private Frame analyze(ParameterSnapshot snapshot, FrameRequest request) {
        long begun = System.nanoTime();
        Consumer<Frame> progress = isSlow ? sinks::progress : unfinished -> {};
        Frame frame = analysis.analyze(snapshot, request.training(), request.effort(), () -> cutShort, progress);
        isSlow = System.nanoTime() - begun > SLOW_NANOS;
        return frame.withQuantities(governor.quantities(request.effort()))
                .withQuantities(
                        Map.of("skipped_frames", (double) skipped.total(), "reduced_frames", (double) reduced.get()));
    }

    private Frame computeConstrained(Constraints constraining, FrameRequest request) {
        ParameterSnapshot constrained = constraining.applyTo(request.snapshot());
        try {
            return analyze(constrained, request);
        } finally {
            constrained.parameters().close();
        }
    }

    /**
     * Computes the frame of a snapshot and passes it to the sinks. Failures are reported and do not reach the caller.
     */
    @Override
    public void accept(FrameRequest request) {
        long iteration = request.snapshot().iteration();
        AffinityManager devices = Nd4j.getAffinityManager();
        int own = devices.getDeviceForCurrentThread();
        long begun = System.nanoTime();
        try {
            // ND4J assigns devices to new threads in turn; this thread needs the device of its arrays.
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
            // This comes first: where memory has run out, later steps may throw again.
            governor.spent(System.nanoTime() - begun);
            onceLog.warn(e.getClass(), "frame {} could not be computed; training continues", iteration, e);
            sinks.failed(iteration, e);
        } finally {
            // This may run on training's thread.
            if (own != device) {
                devices.unsafeSetDevice(own);
            }
        }
    }

    /** Stops the current surface. */
    void cutShort() {
        cutShort = true;
    }

    /** Counts a frame that is made smaller for lack of memory. */
    void reduced() {
        reduced.incrementAndGet();
    }

    @Override
    public void skipped(long iteration, String reason) {
        if (!reason.equals(ANOTHER_NETWORK)) {
            skipped.add(iteration, reason);
        }
        sinks.skipped(iteration, reason);
    }

    /** Closes the sinks and the resources that compute frames. */
    @Override
    public void end() {
        skipped.summarize();
        sinks.close();
        if (validation != null) {
            validation.close();
        }
        train.close();
    }

    /** Closes only the sinks: the resources that compute frames are still in use. */
    void closeSinks() {
        skipped.summarize();
        sinks.close();
    }

    /** Whether the current thread is inside a call to a sink. */
    boolean isCallingSinks() {
        return sinks.isCalling();
    }
}
