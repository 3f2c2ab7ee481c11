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
 * Carries snapshots from the training thread to the worker: a bounded queue and one daemon thread. Snapshots that are
 * skipped are reported on the worker's thread too, so that sinks get one call at a time. Thread-safe.
 */
final class FramePipeline {

    private static final Logger log = LoggerFactory.getLogger(FramePipeline.class);

    /** Told of a frame that was due and is not computed. */
    interface SkipHandler {
        void skipped(long iteration, String reason);
    }

    /** What the worker does with what it is given. Handles its own errors. */
    interface Work extends Consumer<FrameRequest>, SkipHandler {

        /** Called last, on the worker's thread, however late that is. */
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
     * @param capacity how many snapshots may wait
     */
    FramePipeline(String name, int capacity, OnBusy onBusy, Work work) {
        this.capacity = capacity;
        this.onBusy = onBusy;
        this.work = work;
        this.worker = new Thread(this::run, name);
        worker.setDaemon(true);
        worker.start();
    }

    /** Whether a snapshot of this iteration would be skipped; if so that is noted, and it need not be taken. */
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
     * Gives a snapshot to the worker. A thread that is interrupted does not wait for room: the oldest snapshot is dropped.
     *
     * @param wait whether to wait for room whatever {@link OnBusy} says
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

    /** Whether nothing waits and nothing is in work. */
    boolean isIdle() {
        lock.lock();
        try {
            return !working && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing waits and nothing is in work. */
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

    /** Waits until the worker has begun with whatever waits, so that none of it can be dropped any more. */
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
     * Closes, and waits for what was taken, whatever interrupts. What takes too long is cut short, and what does not end even
     * then is left behind.
     *
     * @param millis how long to wait before cutting short
     * @param cutMillis how long what is cut short may take to end
     * @param cutShort asks the work to end where it is
     * @return whether the worker has ended; otherwise the caller closes what the worker will not, and nothing that it may
     *     still use
     */
    boolean end(long millis, long cutMillis, Runnable cutShort) {
        if (!close(millis)) {
            log.warn("frames are still in work after the close limit of {} ms: they end where they are", millis);
            cutShort.run();
            if (!close(cutMillis)) {
                abandon();
                return false;
            }
        }
        // The end of the work bounds its own steps.
        return Uninterruptibly.join(TimeUnit.DAYS.toMillis(1), worker);
    }

    /**
     * Takes no more snapshots and waits until those that were taken are worked off.
     *
     * @return whether they were within the time
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

    /** The worker hangs: what waits for it, and what it holds, is reported here. */
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
                "the frame in work does not end and stays behind on a daemon thread; frames left out by closing: {}",
                left.stream().map(Skip::iteration).toList());
        left.forEach(skip -> work.skipped(skip.iteration(), skip.reason()));
    }

    /** Whether the current thread is the worker. */
    boolean isWorker() {
        return Thread.currentThread() == worker;
    }

    /** Notes that a frame is not computed, and why; reported on the worker's thread. */
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
                // Nobody ends this thread by an interrupt, which would fail the next file that is written.
                Thread.interrupted();
                next.run();
            } catch (Throwable e) {
                // Trouble in reporting trouble, when memory has run out for example: the next frame may fare better.
                log.debug("the worker continues", e);
            } finally {
                done();
            }
        }
        work.end();
    }

    /** What the worker does next; null when closed and nothing is left. */
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
