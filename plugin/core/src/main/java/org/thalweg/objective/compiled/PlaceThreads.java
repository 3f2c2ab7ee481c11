package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs shares of work on several executors at once, one thread each. */
final class PlaceThreads {

    private PlaceThreads() {}

    /**
     * The results of tasks, of which task i uses executor i alone. All have ended when it returns or throws.
     *
     * @param tasks the first one runs on the calling thread
     */
    static <T> List<T> run(ComputePlacement placement, List<Supplier<T>> tasks) {
        List<FutureTask<T>> futures = new ArrayList<>();
        for (int place = 0; place < tasks.size(); place++) {
            int number = place;
            futures.add(new FutureTask<>(() -> placement.at(number, tasks.get(number))));
        }
        for (int place = 1; place < tasks.size(); place++) {
            Thread thread = new Thread(futures.get(place), "thalweg-device-" + place);
            thread.setDaemon(true);
            thread.start();
        }
        if (!futures.isEmpty()) {
            futures.get(0).run();
        }
        List<T> results = new ArrayList<>();
        RuntimeException failure = null;
        for (FutureTask<T> future : futures) {
            try {
                results.add(await(future));
            } catch (RuntimeException e) {
                failure = joined(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static RuntimeException joined(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** An interrupt does not stop a device in the middle of its work; the caller sees it afterwards. */
    private static <T> T await(FutureTask<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                    }
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
