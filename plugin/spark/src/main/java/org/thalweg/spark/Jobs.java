package org.thalweg.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Runs tasks on the cluster and waits for their answers. The n-th task always prefers the same core, which has kept
 * what the task needs; it runs elsewhere only if that executor is busy for long, lost or unusable.
 */
final class Jobs {

    private static final int MOST_LINES = 6;

    private static final Duration LOOK = Duration.ofMillis(500);

    private final JavaSparkContext context;
    private final ExecutorRegistry registry;
    private final Duration patience;

    /** @param patience time to wait without any executor before giving up */
    Jobs(JavaSparkContext context, ExecutorRegistry registry, Duration patience) {
        this.context = context;
        this.registry = registry;
        this.patience = patience;
    }

    /**
     * The answers of tasks, in the order of the tasks.
     *
     * @param what names the tasks in error messages
     * @throws ClusterException if no executor can run them, or one fails wherever it is tried
     * @throws CancellationException if this thread is interrupted
     */
    <R> List<R> answers(String what, List<PartTask<R>> tasks) {
        List<Object[]> attempts = wait(what, placed(tasks).map(PartTask::attempt));
        List<R> answers = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            answers.add(tasks.get(i).answer(attempts.get(i)));
        }
        return answers;
    }

    /** Elements, one for each partition, each with its preferred location. */
    <T> JavaRDD<T> placed(List<T> elements) {
        List<String> cores = registry.cores();
        List<Tuple2<T, Seq<String>>> placed = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            List<String> place = cores.isEmpty() ? List.of() : List.of(cores.get(i % cores.size()));
            placed.add(new Tuple2<>(elements.get(i), scala(place)));
        }
        ClassTag<T> tag = ClassTag$.MODULE$.apply(Object.class);
        return context.sc().makeRDD(scala(placed), tag).toJavaRDD();
    }

    private static <T> Seq<T> scala(List<T> list) {
        return JavaConverters.asScalaBufferConverter(new ArrayList<>(list))
                .asScala()
                .toSeq();
    }

    /** Waits for the results of all partitions, in their order. */
    <R> List<R> wait(String what, JavaRDD<R> work) {
        JavaFutureAction<List<R>> action = start(what, work);
        long lonelySince = Long.MAX_VALUE;
        while (true) {
            try {
                return action.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                lonelySince = registry.isEmpty() ? Math.min(lonelySince, System.nanoTime()) : Long.MAX_VALUE;
                Optional<String> hopeless =
                        lonelySince == Long.MAX_VALUE ? Optional.empty() : hopeless(System.nanoTime() - lonelySince);
                if (hopeless.isPresent()) {
                    action.cancel(true);
                    throw new ClusterException(what + ": " + hopeless.get());
                }
            } catch (ExecutionException failed) {
                throw failure(what, failed.getCause());
            } catch (InterruptedException stop) {
                action.cancel(true);
                Thread.currentThread().interrupt();
                throw new CancellationException(what + ": interrupted");
            }
        }
    }

    /** The reason why waiting longer for executors is pointless; empty if it is not. */
    private Optional<String> hopeless(long nanoseconds) {
        Optional<String> defect = registry.defect();
        if (defect.isPresent()) {
            return defect.map("no executor can work: "::concat);
        }
        Optional<String> silence = nanoseconds > patience.toNanos()
                ? Optional.of(context.master() + " has offered no other one for " + patience.toSeconds()
                        + " s: are its workers running?")
                : MasterAddress.of(context.master()).silence();
        return silence.map("no executor is left, and "::concat);
    }

    private <R> JavaFutureAction<List<R>> start(String what, JavaRDD<R> work) {
        try {
            context.setCallSite("thalweg: " + what);
            return work.collectAsync();
        } catch (IllegalStateException stopped) {
            throw gone(what, stopped);
        }
    }

    private RuntimeException failure(String what, @Nullable Throwable failed) {
        if (context.sc().isStopped()) {
            return gone(what, failed);
        }
        return new ClusterException(what + ": " + withoutTraces(failed), failed);
    }

    /** Spark's message without its stack traces: the first lines name the executor and the cause. */
    private static String withoutTraces(@Nullable Throwable failed) {
        return failed == null || failed.getMessage() == null
                ? "no reason is known"
                : failed.getMessage()
                        .lines()
                        .map(String::strip)
                        .takeWhile(line -> !line.startsWith("Driver stacktrace"))
                        .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("..."))
                        .limit(MOST_LINES)
                        .collect(Collectors.joining(" "));
    }

    private ClusterException gone(String what, @Nullable Throwable cause) {
        return new ClusterException(
                what + ": the cluster at " + context.master()
                        + " is gone or has ended this application: is its master still running?",
                cause);
    }
}
