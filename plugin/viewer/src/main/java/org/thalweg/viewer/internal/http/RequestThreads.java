package org.thalweg.viewer.internal.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests on a bounded number of daemon threads and within a time limit. A thread that exceeds it is interrupted,
 * which closes its connection, since channels of sockets are interruptible. Thread-safe.
 */
final class RequestThreads implements AutoCloseable {

    /** Requests that wait for a thread. */
    static final int MOST_QUEUED = 64;

    private final Map<Thread, Task> tasks = new ConcurrentHashMap<>();
    private final Duration limit;
    private final ThreadPoolExecutor pool;

    /** An answer that is being given. */
    private static final class Task {

        private final Thread thread = Thread.currentThread();
        private long deadline;
        private boolean over;

        Task(Duration limit) {
            extend(limit);
        }

        final synchronized void extend(Duration limit) {
            deadline = System.nanoTime() + limit.toNanos();
        }

        synchronized void end() {
            over = true;
        }

        synchronized void interruptIfLate() {
            if (!over && System.nanoTime() - deadline > 0) {
                thread.interrupt();
            }
        }
    }

    /**
     * Starts no thread yet.
     *
     * @param name of the threads
     * @param most number of threads
     * @param limit within which a reader must take an answer, or the next part of a stream
     */
    RequestThreads(String name, int most, Duration limit) {
        this.limit = limit;
        pool = new ThreadPoolExecutor(
                most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_QUEUED), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Answers a request; false if too many are waiting. */
    boolean take(Runnable request) {
        try {
            pool.execute(() -> {
                Task task = new Task(limit);
                tasks.put(task.thread, task);
                try {
                    request.run();
                } finally {
                    tasks.remove(task.thread);
                    task.end();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Called by a stream before each part: restarts the time limit of the current request. */
    void extend() {
        Task task = tasks.get(Thread.currentThread());
        if (task != null) {
            task.extend(limit);
        }
    }

    /** Interrupts those that have exceeded their limit; to be called a few times a second. */
    void check() {
        tasks.values().forEach(Task::interruptIfLate);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
