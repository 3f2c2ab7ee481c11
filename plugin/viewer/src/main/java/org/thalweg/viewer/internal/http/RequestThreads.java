package org.thalweg.viewer.internal.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.thalweg.viewer.internal.http.GuardedServer.Limits;

/**
 * Runs requests on a bounded number of daemon threads and within time limits. A thread that exceeds its limit is
 * interrupted, which closes its connection, since channels of sockets are interruptible. While all threads are busy, the
 * request that has been arriving for longest gives way. Thread-safe.
 */
final class RequestThreads implements Executor, AutoCloseable {

    private static final int WAITING = 64;
    private static final long CHECK_MILLIS = 250;
    /** A request comes in one packet or two: one that takes longer may give way. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Map<Thread, Task> tasks = new ConcurrentHashMap<>();
    private final Duration answering;
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor clock;

    /** A request, from its first byte to the last of its answer. */
    private static final class Task {

        private final Thread thread = Thread.currentThread();
        private final long start = System.nanoTime();
        private long deadline;
        private boolean arrived;
        private boolean over;

        Task(Duration limit) {
            deadline = start + limit.toNanos();
        }

        synchronized void extend(Duration limit) {
            arrived = true;
            deadline = System.nanoTime() + limit.toNanos();
        }

        synchronized void end() {
            over = true;
        }

        synchronized boolean mayGiveWay() {
            return !arrived && !over && System.nanoTime() - start > GRACE_NANOS;
        }

        synchronized void interrupt() {
            if (!over) {
                thread.interrupt();
            }
        }

        synchronized boolean isLate() {
            return !over && System.nanoTime() - deadline > 0;
        }
    }

    /**
     * Starts no thread yet.
     *
     * @param name of the threads
     * @param most number of threads that handle requests
     * @param limits of each request
     */
    RequestThreads(String name, int most, Limits limits) {
        this.answering = limits.answering();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
        pool = new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), daemons) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                tasks.put(thread, new Task(limits.arriving()));
            }

            @Override
            protected void afterExecute(Runnable task, Throwable failure) {
                Task done = tasks.remove(Thread.currentThread());
                if (done != null) {
                    done.end();
                }
            }
        };
        pool.allowCoreThreadTimeOut(true);
        clock = new ScheduledThreadPoolExecutor(1, daemons);
        ScheduledFuture<?> unused =
                clock.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Runs a request.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many are waiting; the server then closes the connection
     */
    @Override
    public void execute(Runnable request) {
        pool.execute(request);
        makeRoom();
    }

    /** Called by the current request once it has arrived, and by a stream before each part: restarts its time limit. */
    void extend() {
        Task task = tasks.get(Thread.currentThread());
        if (task != null) {
            task.extend(answering);
        }
    }

    private void check() {
        tasks.values().stream().filter(Task::isLate).forEach(Task::interrupt);
        makeRoom();
    }

    private void makeRoom() {
        int waiting = pool.getQueue().size();
        if (waiting > 0) {
            tasks.values().stream()
                    .filter(Task::mayGiveWay)
                    .sorted(Comparator.comparingLong(task -> task.start))
                    .limit(waiting)
                    .forEach(Task::interrupt);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        pool.shutdownNow();
    }
}
