package org.thalweg.listener;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.analysis.Effort;
import org.thalweg.analysis.MemoryPlan;
import org.thalweg.objective.ParameterSnapshot;

/**
 * Decides whether a due frame is computed, copies the training state that it needs, and has it computed by a pipeline's
 * thread or on the calling thread. Thread-safe; one snapshot at a time.
 */
final class SnapshotScheduler {

    private static final Logger log = LoggerFactory.getLogger(SnapshotScheduler.class);

    /** Time that a surface may take to stop. */
    private static final long CUT_MILLIS = 10_000;

    private static final Map<MemoryPlan, String> MEANING = Map.of(
            MemoryPlan.SMALL_BATCHES, "computed in smaller batches",
            MemoryPlan.SMALL_BASIS, "computed in smaller batches, with a smaller Krylov basis",
            MemoryPlan.EIGENVALUES, "left without any curvature but extreme eigenvalues",
            MemoryPlan.SURFACE, "left without curvature");

    private final ReentrantLock taking = new ReentrantLock();
    private final StepTracker training;
    private final FrameWorker worker;
    private final @Nullable FramePipeline pipeline;
    private final OverheadGovernor governor;
    private final MemoryHeadroom headroom;
    private final long closeMillis;
    private final OnceLogger onceLog;
    private long lastTaken = -1;

    /**
     * @param pipeline null to compute frames on the calling thread
     * @param closeMillis time that closing waits for unfinished frames before it cuts them short
     */
    SnapshotScheduler(
            StepTracker training,
            FrameWorker worker,
            @Nullable FramePipeline pipeline,
            OverheadGovernor governor,
            MemoryHeadroom headroom,
            long closeMillis,
            OnceLogger onceLog) {
        this.training = training;
        this.worker = worker;
        this.pipeline = pipeline;
        this.governor = governor;
        this.headroom = headroom;
        this.closeMillis = closeMillis;
        this.onceLog = onceLog;
    }

    /** The frame of this iteration already exists. */
    void taken(long iteration) {
        lastTaken = iteration;
    }

    /** Passes the frame before training to the pipeline, and returns when the worker has started on it. */
    void takeFirst(FrameRequest request) {
        FramePipeline worked = pipeline;
        if (worked == null) {
            throw new IllegalStateException("there is no worker for a frame in the background");
        }
        lastTaken = request.snapshot().iteration();
        governor.begun(0);
        worked.offer(request, true);
        worked.awaitBegun();
    }

    /**
     * Takes a due frame, unless the queue, the budget or the memory does not allow it.
     *
     * @param iteration completed updates of the run
     * @param epoch completed epochs of the run
     * @param unconstrained whether weight constraints have not been applied yet
     */
    void take(Model model, long iteration, int epoch, boolean unconstrained) {
        taking.lock();
        try {
            if (iteration == lastTaken || (pipeline != null && pipeline.refuses(iteration))) {
                return;
            }
            Optional<Effort> effort = governor.plan();
            if (effort.isEmpty()) {
                skip(iteration, "budget");
            } else {
                memoryFor(iteration)
                        .ifPresent(plan -> make(
                                model,
                                iteration,
                                epoch,
                                unconstrained,
                                effort.get().withMemory(plan),
                                false));
            }
        } finally {
            taking.unlock();
        }
    }

    /**
     * Takes a complete frame, unless this iteration has one, and waits until all frames so far are recorded.
     */
    void capture(Model model, long iteration, int epoch) throws InterruptedException {
        taking.lock();
        try {
            if (iteration != lastTaken) {
                memoryFor(iteration)
                        .ifPresent(plan -> make(model, iteration, epoch, false, Effort.FULL.withMemory(plan), true));
            }
        } finally {
            taking.unlock();
        }
        if (pipeline != null) {
            pipeline.drain();
        }
    }

    /**
     * Counts a frame that is not computed. Does not wait for other frames, unless frames are computed on the calling
     * threads.
     */
    void skip(long iteration, String reason) {
        if (pipeline == null) {
            worker.skipped(iteration, reason);
        } else {
            pipeline.skip(iteration, reason);
        }
    }

    /** Whether the current thread is one of the listener's own, which would wait for itself when closing. */
    boolean isOwnThread() {
        return worker.isCallingSinks() || (pipeline != null && pipeline.isWorker());
    }

    /** Ends the current work and every thread, even if interrupted. */
    void close() {
        boolean ended = pipeline == null ? endInline() : pipeline.end(closeMillis, CUT_MILLIS, worker::cutShort);
        if (!ended) {
            worker.closeSinks();
        }
    }

    /** Waits for the frame that another thread computes. */
    private boolean endInline() {
        if (!Uninterruptibly.await(closeMillis, nanos -> taking.tryLock(nanos, TimeUnit.NANOSECONDS))) {
            log.warn("a frame is still being computed after the close limit of {} ms: it is cut short", closeMillis);
            worker.cutShort();
            if (!Uninterruptibly.await(CUT_MILLIS, nanos -> taking.tryLock(nanos, TimeUnit.NANOSECONDS))) {
                log.warn("the current frame does not end and is left out");
                return false;
            }
        }
        try {
            worker.end();
        } finally {
            taking.unlock();
        }
        return true;
    }

    private void make(
            Model model, long iteration, int epoch, boolean unconstrained, Effort effort, boolean waitForRoom) {
        if (pipeline != null && !waitForRoom) {
            pipeline.makeRoom();
        }
        long begun = System.nanoTime();
        FrameRequest request = FrameRequest.of(
                snapshot(model, iteration, epoch), training.state(model, iteration, epoch), unconstrained, effort);
        lastTaken = iteration;
        governor.begun(System.nanoTime() - begun);
        if (pipeline == null) {
            processInline(request);
        } else {
            pipeline.offer(request, waitForRoom);
        }
    }

    /** The memory that a frame may take; empty, and the frame skipped, where training needs all of it. */
    private Optional<MemoryPlan> memoryFor(long iteration) {
        long begun = System.nanoTime();
        // Memory that a current frame uses cannot be returned yet, even if it is free soon.
        MemoryHeadroom.Room room = headroom.room(pipeline == null || pipeline.isIdle());
        governor.held(System.nanoTime() - begun);
        room.shortage().ifPresent(shortage -> {
            String what = room.plan().map(MEANING::get).orElse("skipped");
            onceLog.warn(
                    "memory " + what,
                    "frames are {} for lack of memory, the first at iteration {}: {}",
                    what,
                    iteration,
                    shortage);
            if (room.plan().isEmpty()) {
                skip(iteration, "memory");
            } else {
                worker.reduced();
            }
        });
        return room.plan();
    }

    /** Runs on the training thread, whose open workspaces belong to training. */
    private void processInline(FrameRequest request) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            worker.accept(request);
        }
    }

    /** The only copy on the training thread, made outside any workspace that training has open. */
    static ParameterSnapshot snapshot(Model model, long iteration, int epoch) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return new ParameterSnapshot(iteration, epoch, model.params().dup());
        }
    }
}
