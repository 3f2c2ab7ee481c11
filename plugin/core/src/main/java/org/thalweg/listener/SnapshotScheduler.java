package org.thalweg.listener;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.analysis.Effort;
import org.thalweg.objective.ParameterSnapshot;

/**
 * Decides whether a frame that is due is made, copies what it needs of training, and has it made: by a pipeline's thread,
 * or on the calling one. Thread-safe; one frame at a time.
 */
final class SnapshotScheduler {

    private final StepTracker training;
    private final FrameWorker worker;
    private final @Nullable FramePipeline pipeline;
    private final OverheadGovernor governor;
    private final MemoryHeadroom headroom;
    private final long closeMillis;
    private final OnceLogger onceLog;
    private long lastTaken;

    /**
     * @param pipeline null to make frames on the calling thread
     * @param closeMillis how long closing waits for frames in work before they end where they are
     * @param lastTaken iteration of the frame that there is already
     */
    SnapshotScheduler(
            StepTracker training,
            FrameWorker worker,
            @Nullable FramePipeline pipeline,
            OverheadGovernor governor,
            MemoryHeadroom headroom,
            long closeMillis,
            OnceLogger onceLog,
            long lastTaken) {
        this.training = training;
        this.worker = worker;
        this.pipeline = pipeline;
        this.governor = governor;
        this.headroom = headroom;
        this.closeMillis = closeMillis;
        this.onceLog = onceLog;
        this.lastTaken = lastTaken;
    }

    /**
     * Takes a frame that is due, unless memory, the queue or the budget are against it.
     *
     * @param iteration completed updates of the run
     * @param epoch completed epochs of the run
     * @param unconstrained whether weight constraints are still to be applied
     */
    synchronized void take(Model model, long iteration, int epoch, boolean unconstrained) {
        if (iteration == lastTaken || (pipeline != null && pipeline.skips(iteration))) {
            return;
        }
        Optional<Effort> effort = governor.plan();
        if (effort.isEmpty()) {
            leaveOut(iteration, "budget");
        } else if (!lacksMemory(iteration)) {
            make(model, iteration, epoch, unconstrained, effort.get(), false);
        }
    }

    /** Takes a frame in full, if there is none of this iteration, and waits until all that were taken are recorded. */
    void capture(Model model, long iteration, int epoch) throws InterruptedException {
        synchronized (this) {
            if (iteration != lastTaken && !lacksMemory(iteration)) {
                make(model, iteration, epoch, false, Effort.FULL, true);
            }
        }
        if (pipeline != null) {
            pipeline.drain();
        }
    }

    /** Counts a frame that is not made; waits for no other one, unless they are made on the calling threads. */
    void leaveOut(long iteration, String reason) {
        if (pipeline != null) {
            pipeline.leaveOut(iteration, reason);
            return;
        }
        synchronized (this) {
            worker.skipped(iteration, reason);
        }
    }

    /** Ends what is in work, and every thread. */
    void close() throws InterruptedException {
        if (pipeline == null) {
            worker.close();
        } else {
            pipeline.end(closeMillis, worker::cutShort);
        }
    }

    private void make(
            Model model, long iteration, int epoch, boolean unconstrained, Effort effort, boolean waitForRoom) {
        lastTaken = iteration;
        long begun = System.nanoTime();
        FrameRequest taken = new FrameRequest(
                snapshot(model, iteration, epoch), training.state(model, iteration, epoch), unconstrained, effort);
        governor.begun(System.nanoTime() - begun);
        if (pipeline == null) {
            processInline(taken);
        } else {
            pipeline.offer(taken, waitForRoom);
        }
    }

    /** Whether a frame would take memory that training needs; if so it is left out. */
    private boolean lacksMemory(long iteration) {
        long begun = System.nanoTime();
        // What a frame in work has taken cannot be returned, however free it is soon.
        Optional<String> shortage = headroom.shortage(pipeline == null || pipeline.isIdle());
        governor.held(System.nanoTime() - begun);
        if (shortage.isEmpty()) {
            return false;
        }
        onceLog.warn(
                "memory",
                "frames are left out for want of memory, the first at iteration {}: {}",
                iteration,
                shortage.get());
        leaveOut(iteration, "memory");
        return true;
    }

    /** On the training thread, whose open workspaces are training's. */
    private void processInline(FrameRequest taken) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            worker.process(taken);
        }
    }

    /** The one copy that is made on the training thread, outside whatever workspace training has open. */
    static ParameterSnapshot snapshot(Model model, long iteration, int epoch) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return new ParameterSnapshot(iteration, epoch, model.params().dup());
        }
    }
}
