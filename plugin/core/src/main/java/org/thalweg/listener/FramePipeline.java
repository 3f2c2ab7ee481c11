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
 * The way of snapshots from the training thread to the worker: a bounded queue and one daemon thread. Snapshots that are
 * left out are told on the worker's thread too, so that whoever listens hears one call at a time.
 */
final class FramePipeline {

    private static final Logger log = LoggerFactory.getLogger(FramePipeline.class);

    /** How long a surface may take to end where it is. */
    private static final long CUT_MILLIS = 10_000;

    /** Told of a frame that was due and is not made. */
    interface LeftOut {
        void skipped(long iteration, String reason);
    }

    private record Skip(long iteration, String reason) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FrameRequest> waiting = new ArrayDeque<>();
    private final Deque<Skip> leftOut = new ArrayDeque<>();
    private final int capacity;
    private final OnBusy onBusy;
    private final Consumer<FrameRequest> work;
    private final LeftOut skipped;
    private final Runnable end;
    private final Thread worker;
    private boolean working;
    private boolean closed;
    private boolean workedOff;

    /**
     * @param name of the worker thread
     * @param capacity how many snapshots may wait
     * @param work what is done with a snapshot; handles its own errors
     * @param skipped told of a snapshot that is left out, and why
     * @param end done last, however late that is
     */
    FramePipeline(
            String name, int capacity, OnBusy onBusy, Consumer<FrameRequest> work, LeftOut skipped, Runnable end) {
        this.capacity = capacity;
        this.onBusy = onBusy;
        this.work = work;
        this.skipped = skipped;
        this.end = end;
        this.worker = new Thread(this::run, name);
        worker.setDaemon(true);
        worker.start();
    }

    /** Whether a snapshot of this iteration would be left out; if so that is noted, and it need not be taken. */
    boolean skips(long iteration) {
        lock.lock();
        try {
            boolean skips = closed || (onBusy == OnBusy.SKIP && waiting.size() >= capacity);
            if (skips) {
                leaveOut(iteration, closed ? "closed" : "busy");
            }
            return skips;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a snapshot to the worker. A thread that is interrupted does not wait: the snapshot is left out.
     *
     * @param wait whether to wait for room whatever {@link OnBusy} says
     */
    void offer(FrameRequest snapshot, boolean wait) {
        lock.lock();
        try {
            while ((wait || onBusy == OnBusy.WAIT) && waiting.size() >= capacity && !closed) {
                changed.await();
            }
            if (closed) {
                discard(snapshot, "closed");
                return;
            }
            if (waiting.size() >= capacity) {
                discard(waiting.removeFirst(), "busy");
            }
            waiting.addLast(snapshot);
            changed.signalAll();
        } catch (InterruptedException e) {
            discard(snapshot, "interrupted");
            Thread.currentThread().interrupt();
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

    /**
     * Closes, and waits until the thread has ended; once what was taken is worked off, that takes as long as the end it was
     * given. What is in work too long is cut short, and what does not end even then left behind.
     *
     * @param millis how long to wait before
     * @param cutShort asks the work to end where it is
     */
    void end(long millis, Runnable cutShort) throws InterruptedException {
        if (close(millis)) {
            worker.join();
            return;
        }
        log.warn("frames are in work longer than the close limit of {} ms: they end where they are", millis);
        cutShort.run();
        if (close(CUT_MILLIS)) {
            worker.join();
        } else {
            log.warn("the frame in work does not end: it is left behind on a daemon thread, and may be missing");
        }
    }

    /**
     * Takes no more snapshots and waits until those that were taken are worked off.
     *
     * @return whether they were within the time
     */
    boolean close(long millis) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!workedOff && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return workedOff;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a frame is not made, and why; told on the worker's thread. */
    void leaveOut(long iteration, String reason) {
        lock.lock();
        try {
            leftOut.addLast(new Skip(iteration, reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void discard(FrameRequest snapshot, String reason) {
        snapshot.close();
        leaveOut(snapshot.snapshot().iteration(), reason);
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                // An interrupt is nobody's way to end this thread, and would fail the next file that is written.
                Thread.interrupted();
                next.run();
            } catch (Throwable e) {
                // Trouble in telling of trouble, when memory has run out say: the next frame may fare better.
                log.debug("the worker goes on", e);
            } finally {
                done();
            }
        }
        end.run();
    }

    /** What the worker does next; null when closed and nothing is left. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && leftOut.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            working = !leftOut.isEmpty() || !waiting.isEmpty();
            Skip skip = leftOut.pollFirst();
            if (skip != null) {
                return () -> skipped.skipped(skip.iteration(), skip.reason());
            }
            FrameRequest snapshot = waiting.pollFirst();
            workedOff = snapshot == null;
            changed.signalAll();
            return snapshot == null ? null : () -> work.accept(snapshot);
        } finally {
            lock.unlock();
        }
    }

    private void done() {
        lock.lock();
        try {
            working = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
