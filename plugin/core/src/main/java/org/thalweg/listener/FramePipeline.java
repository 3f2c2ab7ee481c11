package org.thalweg.listener;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of snapshots from the training thread to the worker: a bounded queue and one daemon thread. Snapshots that are
 * left out are told on the worker's thread too, so that whoever listens hears one call at a time.
 */
final class FramePipeline {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<TakenSnapshot> waiting = new ArrayDeque<>();
    private final Deque<Long> leftOut = new ArrayDeque<>();
    private final int capacity;
    private final OnBusy onBusy;
    private final Consumer<TakenSnapshot> work;
    private final LongConsumer skipped;
    private final Thread worker;
    private boolean working;
    private boolean closed;

    /**
     * @param name of the worker thread
     * @param capacity how many snapshots may wait
     * @param work what is done with a snapshot; handles its own errors
     * @param skipped told the iteration of a snapshot that is left out
     */
    FramePipeline(String name, int capacity, OnBusy onBusy, Consumer<TakenSnapshot> work, LongConsumer skipped) {
        this.capacity = capacity;
        this.onBusy = onBusy;
        this.work = work;
        this.skipped = skipped;
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
                leaveOut(iteration);
            }
            return skips;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a snapshot to the worker.
     *
     * @param wait whether to wait for room whatever {@link OnBusy} says
     */
    void offer(TakenSnapshot snapshot, boolean wait) throws InterruptedException {
        lock.lock();
        try {
            while ((wait || onBusy == OnBusy.WAIT) && waiting.size() >= capacity && !closed) {
                changed.await();
            }
            if (closed) {
                discard(snapshot);
                return;
            }
            if (waiting.size() >= capacity) {
                discard(waiting.removeFirst());
            }
            waiting.addLast(snapshot);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing waits and nothing is in work. */
    void drain() throws InterruptedException {
        lock.lock();
        try {
            while (worker.isAlive() && (working || !waiting.isEmpty())) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more snapshots and ends the worker after what waits.
     *
     * @return whether it ended within the time
     */
    boolean close(long millis) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        worker.join(millis);
        return !worker.isAlive();
    }

    private void discard(TakenSnapshot snapshot) {
        snapshot.snapshot().parameters().close();
        leaveOut(snapshot.snapshot().iteration());
    }

    private void leaveOut(long iteration) {
        leftOut.addLast(iteration);
        changed.signalAll();
    }

    private void run() {
        while (true) {
            Runnable next = next();
            if (next == null) {
                return;
            }
            try {
                next.run();
            } finally {
                done();
            }
        }
    }

    /** What the worker does next; null when closed and nothing is left. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && leftOut.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            working = !leftOut.isEmpty() || !waiting.isEmpty();
            Long iteration = leftOut.pollFirst();
            if (iteration != null) {
                return () -> skipped.accept(iteration);
            }
            TakenSnapshot snapshot = waiting.pollFirst();
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
