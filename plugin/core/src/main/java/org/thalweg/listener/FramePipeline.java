package org.thalweg.listener;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes snapshots from the training thread to the worker: a bounded queue and one daemon thread. Skipped snapshots are
 * also reported on the worker's thread, so that sinks get one call at a time. Thread-safe.
 */
final class FramePipeline {

    private static final Logger log = LoggerFactory.getLogger(FramePipeline.class);

    /** Receives a frame that was due and is not computed. */
    interface SkipHandler {
        void skipped(long iteration, String reason);
    }

    /** The worker's task for each snapshot. Handles its own errors. */
    interface Work extends Consumer<FrameRequest>, SkipHandler {

        /** Called last on the worker's thread, however late. */
        void end();
    }

    private record Skip(long iteration, String reason) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FrameRequest> waiting = new ArrayDeque<>();
    private final Deque<Skip> skips = new ArrayDeque<>();
    private final int capacity;
    private final OnBusy onBusy;
    private final Work work;
    private final Thread worker;
    private @Nullable FrameRequest inWork;
    private boolean working;
    private boolean closed;
    private boolean workedOff;

    /**
     * @param name of the worker thread
     * @param capacity largest number of waiting snapshots
     */
    FramePipeline(String name, int capacity, OnBusy onBusy, Work work) {
        this.capacity = capacity;
        this.onBusy = onBusy;
        this.work = work;
        this.worker = new Thread(this::run, name);
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * Whether a snapshot of this iteration would be skipped; if so, the skip is reported, and no snapshot is needed.
     */
    boolean refuses(long iteration) {
        lock.lock();
        try {
            boolean refuses = closed || (onBusy == OnBusy.SKIP && waiting.size() >= capacity);
            if (refuses) {
                skip(iteration, closed ? "closed" : "busy");
            }
            return refuses;
        } finally {
            lock.unlock();
        }
    }

    /** Drops the oldest snapshot of a full queue where the newest is to be kept, before another one is copied. */
    void makeRoom() {
        lock.lock();
        try {
            if (onBusy == OnBusy.DROP_OLDEST && waiting.size() >= capacity) {
                discard(waiting.removeFirst(), "busy");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a snapshot to the worker. An interrupted thread does not wait for space in the queue: the oldest snapshot
     * is dropped.
     *
     * @param wait whether to wait for space in the queue whatever {@link OnBusy} says
     */
    void offer(FrameRequest request, boolean wait) {
        lock.lock();
        try {
            String reason = "busy";
            try {
                while ((wait || onBusy == OnBusy.WAIT) && waiting.size() >= capacity && !closed) {
                    changed.await();
                }
            } catch (InterruptedException e) {
                reason = "interrupted";
                Thread.currentThread().interrupt();
            }
            if (closed) {
                discard(request, "closed");
                return;
            }
            if (waiting.size() >= capacity) {
                discard(waiting.removeFirst(), reason);
            }
            waiting.addLast(request);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether no snapshot waits or is being processed. */
    boolean isIdle() {
        lock.lock();
        try {
            return !working && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no snapshot waits or is being processed. */
    void drain() throws InterruptedException {
        lock.lock();
        try {
            while (worker.isAlive() && !isIdle()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the worker has started on all waiting snapshots, so that none can be dropped any more. */
    void awaitBegun() {
        lock.lock();
        try {
            while (worker.isAlive() && !waiting.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the queue and waits for the snapshots in it, even if interrupted. Work that takes too long is cut short;
     * work that does not end even then is abandoned.
     *
     * @param millis time to wait before work is cut short
     * @param cutMillis time that work may take to end after it is cut short
     * @param cutShort asks the work to stop
     * @return whether the worker has ended; otherwise the caller closes only the resources that the worker cannot still
     *     use
     */
    boolean end(long millis, long cutMillis, Runnable cutShort) {
        if (!close(millis)) {
            log.warn("frames are still being computed after the close limit of {} ms: they are cut short", millis);
            cutShort.run();
            if (!close(cutMillis)) {
                abandon();
                return false;
            }
        }
        // The closing steps of the work have their own limits.
        return Uninterruptibly.join(TimeUnit.DAYS.toMillis(1), worker);
    }

    /**
     * Accepts no more snapshots and waits until the accepted ones are processed.
     *
     * @return whether they were processed within the time
     */
    boolean close(long millis) {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            return Uninterruptibly.await(millis, nanos -> {
                long left = nanos;
                while (!workedOff && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return workedOff;
            });
        } finally {
            lock.unlock();
        }
    }

    /** The worker hangs: the snapshots that wait for it and the one it holds are reported here. */
    private void abandon() {
        Deque<Skip> left;
        lock.lock();
        try {
            while (!waiting.isEmpty()) {
                discard(waiting.removeFirst(), "closed");
            }
            if (inWork != null) {
                skip(inWork.snapshot().iteration(), "closed");
            }
            left = new ArrayDeque<>(skips);
            skips.clear();
        } finally {
            lock.unlock();
        }
        log.warn(
                "the current frame does not end and is abandoned on its daemon thread; frames left out by closing: {}",
                left.stream().map(Skip::iteration).toList());
        left.forEach(skip -> work.skipped(skip.iteration(), skip.reason()));
    }

    /** Whether the current thread is the worker. */
    boolean isWorker() {
        return Thread.currentThread() == worker;
    }

    /** Records that a frame is not computed, and why; the worker's thread reports it. */
    void skip(long iteration, String reason) {
        lock.lock();
        try {
            skips.addLast(new Skip(iteration, reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void discard(FrameRequest request, String reason) {
        long iteration = request.snapshot().iteration();
        request.close();
        skip(iteration, reason);
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                // This thread is not stopped by an interrupt: that would make the next file write fail.
                Thread.interrupted();
                next.run();
            } catch (Throwable e) {
                // Reporting a failure failed, for example because memory has run out; the next frame may succeed.
                log.debug("the worker continues", e);
            } finally {
                done();
            }
        }
        work.end();
    }

    /** The worker's next task; null when the queue is closed and empty. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && skips.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            working = !skips.isEmpty() || !waiting.isEmpty();
            Skip skip = skips.pollFirst();
            if (skip != null) {
                return () -> work.skipped(skip.iteration(), skip.reason());
            }
            FrameRequest request = waiting.pollFirst();
            inWork = request;
            workedOff = request == null;
            changed.signalAll();
            return request == null ? null : () -> work.accept(request);
        } finally {
            lock.unlock();
        }
    }

    private void done() {
        lock.lock();
        try {
            working = false;
            inWork = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
