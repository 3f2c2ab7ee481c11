package org.thalweg.listener;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.frame.FrameSink;

/**
 * A sink on its own daemon thread: whatever it throws and however long it takes, calls return within their limit. While
 * it is still in a call that exceeded the limit, further calls are skipped; they resume when that call returns. Each
 * kind of failure is logged once with its cause, then at debug level. Called from one thread at a time.
 */
final class IsolatedSink {

    private static final Logger log = LoggerFactory.getLogger(IsolatedSink.class);

    /** A call to a sink. */
    interface Call {
        void on(FrameSink sink) throws Exception;
    }

    private final FrameSink sink;
    private final String name;
    private final ExecutorService thread;
    private final OnceLogger onceLog = new OnceLogger(log);
    private CompletableFuture<Optional<Throwable>> last = CompletableFuture.completedFuture(Optional.empty());
    private volatile @Nullable Thread caller;

    IsolatedSink(FrameSink sink) {
        this.sink = sink;
        this.name = name(sink.getClass());
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "thalweg-sink-" + name);
            made.setDaemon(true);
            return made;
        });
    }

    /** The class without its package, and without the number of a lambda, which differs from run to run. */
    private static String name(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length());
        int lambda = name.indexOf("$$");
        return (lambda < 0 ? name : name.substring(0, lambda)).replaceFirst("^\\.", "");
    }

    /** The sink's class, without its package. */
    String name() {
        return name;
    }

    /** Calls the sink on the calling thread, without a limit; its exceptions reach the caller. */
    void start(Call call) throws Exception {
        call.on(sink);
    }

    /**
     * Calls the sink.
     *
     * @param what description of the call, for the log
     * @return the failure, if any; a {@link TimeoutException} if the sink did not return within the limit, or is still
     *     in an earlier call
     */
    Optional<Throwable> tell(String what, Call call, Duration limit) {
        if (!last.isDone()) {
            return failed(what, new TimeoutException("still in an earlier call"));
        }
        return await(what, call, limit);
    }

    /** Closes the sink, after the call it may still be in, and ends its thread. */
    Optional<Throwable> close(Duration limit) {
        Optional<Throwable> trouble = await("close", FrameSink::close, limit);
        thread.shutdownNow();
        return trouble;
    }

    private Optional<Throwable> await(String what, Call call, Duration limit) {
        last = CompletableFuture.supplyAsync(() -> thrownBy(call), thread);
        // An interrupt is meant for training: computed frames are still passed on.
        boolean returned = Uninterruptibly.await(limit.toMillis(), this::lastReturns);
        return returned
                ? last.join().flatMap(cause -> failed(what, cause))
                : failed(what, new TimeoutException("did not return within " + limit.toMillis() + " ms"));
    }

    private Optional<Throwable> thrownBy(Call call) {
        caller = Thread.currentThread();
        try {
            call.on(sink);
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        } finally {
            caller = null;
        }
    }

    private boolean lastReturns(long nanos) throws InterruptedException {
        try {
            last.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("calls keep what is thrown", e);
        }
    }

    /** Whether the current thread is inside a call to the sink. */
    boolean isCalling() {
        return Thread.currentThread() == caller;
    }

    private Optional<Throwable> failed(String what, Throwable cause) {
        onceLog.warn(cause.getClass(), "{} failed at {}; training and other sinks continue", name, what, cause);
        return Optional.of(cause);
    }
}
