package org.thalweg.spark;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.objective.ObjectiveFactory;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/**
 * An Apache Spark cluster on which objectives are computed. Executors need the same jars as this process, with an ND4J
 * backend for their own processors. Spark allows one application per process, so a process has one cluster at a time.
 *
 * <p>Several threads may use a cluster, each with its own objectives.
 *
 * @since 0.2.0
 */
public final class SparkCluster implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SparkCluster.class);

    private static final AtomicLong IDS = new AtomicLong();

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Executors register one after another; after this time without a new one, all are assumed to be present. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final JavaSparkContext context;
    private final boolean owned;
    private final ExecutorRegistry registry;
    private final Jobs jobs;

    private SparkCluster(JavaSparkContext context, boolean owned, int cores, Duration patience) {
        this.context = context;
        this.owned = owned;
        this.registry = new ExecutorRegistry(context.sc());
        this.jobs = new Jobs(context, registry, patience);
        awaitExecutors(cores, patience);
    }

    /**
     * Starts an application on a cluster and waits for its executors.
     *
     * @throws ClusterException if no master answers, or offers no executor in time
     */
    public static SparkCluster connect(ClusterOptions options) {
        MasterAddress.of(options.master()).silence().ifPresent(reason -> {
            throw new ClusterException(reason);
        });
        SparkConf conf = SparkSettings.of(options);
        int cores = options.cores() > 0 ? options.cores() : conf.getInt(SparkSettings.MOST_CORES, 0);
        JavaSparkContext context = context(conf, options.master());
        try {
            return new SparkCluster(context, true, cores, options.patience());
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /**
     * Uses an application that the caller has started, by {@code spark-submit} for example, and still owns. Its
     * settings decide how many threads a task has: {@code spark.executorEnv.OMP_NUM_THREADS=1} is right.
     *
     * @param patience time to wait for executors, now and when all are lost
     * @throws ClusterException if it has no executor in time
     */
    public static SparkCluster of(JavaSparkContext context, Duration patience) {
        return new SparkCluster(context, false, 0, patience);
    }

    private static JavaSparkContext context(SparkConf conf, String master) {
        try {
            return new JavaSparkContext(conf);
        } catch (RuntimeException e) {
            throw new ClusterException("no application could be started on " + master + ": " + e.getMessage(), e);
        }
    }

    private void awaitExecutors(int cores, Duration patience) {
        long start = System.nanoTime();
        long since = start;
        int known = 0;
        while (System.nanoTime() - start < patience.toNanos()) {
            int now = cores();
            if (now != known) {
                known = now;
                since = System.nanoTime();
            }
            boolean all = cores > 0 ? known >= cores : System.nanoTime() - since > SETTLED.toNanos();
            if (known > 0 && (context.isLocal() || all)) {
                log.info(describe());
                return;
            }
            pause();
        }
        if (known == 0) {
            throw new ClusterException(context.master() + " offered no executor within " + patience.toSeconds()
                    + " s: are workers running, with a free core and "
                    + context.getConf().get("spark.executor.memory", "1g") + " of memory free?");
        }
        log.warn(
                "{}: {} of the {} requested cores after {} s; continuing with these",
                context.master(),
                known,
                cores,
                patience.toSeconds());
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting for executors", e);
        }
    }

    /**
     * The objective of a network on a probe that this process sends to the executors.
     *
     * @param model initialized; only read, and not kept
     * @throws IllegalArgumentException if the probe does not fit the network
     */
    public SparkObjective objective(Model model, Probe probe, ObjectiveOptions objective, SparkOptions options) {
        return network(model, new ProbeSource.FromDriver(this, probe), objective, options);
    }

    /**
     * The objective of a network on examples that executors read.
     *
     * @param model initialized; only read, and not kept
     * @throws IllegalArgumentException if the examples do not fit the network
     */
    public SparkObjective objective(
            Model model, DistributedExamples examples, ObjectiveOptions objective, SparkOptions options) {
        return network(model, new ProbeSource.OnExecutors(examples), objective, options);
    }

    private SparkObjective network(Model model, ProbeSource source, ObjectiveOptions objective, SparkOptions options) {
        NetworkRecipe recipe = NetworkRecipe.of(model, source.example(), objective);
        SparkObjective made = new SparkObjective(this, recipe, source, options);
        made.setConstants(model.params());
        return made;
    }

    /** A custom objective on a probe that this process sends to the executors. */
    public SparkObjective objective(ObjectiveRecipe recipe, Probe probe, SparkOptions options) {
        return new SparkObjective(this, recipe, new ProbeSource.FromDriver(this, probe), options);
    }

    /** A custom objective on examples that executors read. */
    public SparkObjective objective(ObjectiveRecipe recipe, DistributedExamples examples, SparkOptions options) {
        return new SparkObjective(this, recipe, new ProbeSource.OnExecutors(examples), options);
    }

    /** A factory of objectives on this cluster, for example for a {@code LandscapeListener}. */
    public ObjectiveFactory objectives(SparkOptions options) {
        return (model, probe, objective) -> objective(model, probe, objective, options);
    }

    /** Number of cores of the current executors on which ND4J works. */
    public int cores() {
        return registry.cores().size();
    }

    /** Ends the application if it was started here. */
    @Override
    public void close() {
        if (owned) {
            context.close();
        }
    }

    /** Location and size, for people. */
    public String describe() {
        return "Spark at " + context.master() + ", " + cores() + " cores";
    }

    static long newId() {
        return IDS.incrementAndGet();
    }

    Jobs jobs() {
        return jobs;
    }

    <T> Broadcast<T> broadcast(T value) {
        try {
            return context.broadcast(value);
        } catch (IllegalStateException stopped) {
            throw new ClusterException(
                    "the cluster at " + context.master() + " is gone: this application has ended", stopped);
        }
    }

    /** Removes a broadcast from the executors. Does nothing if the cluster is gone. */
    void drop(@Nullable Broadcast<?> broadcast) {
        if (broadcast != null) {
            try {
                broadcast.destroy();
            } catch (RuntimeException gone) {
                log.debug("a broadcast could not be removed", gone);
            }
        }
    }

    /** Tells executors to free everything that they keep for an objective. */
    void forget(long objective) {
        try {
            List<Long> one = Collections.nCopies(Math.max(1, cores()), objective);
            jobs.wait("closing", jobs.placed(one).map(SparkCluster::forgetHere));
        } catch (RuntimeException gone) {
            log.debug("executors could not be told to free an objective", gone);
        }
    }

    private static boolean forgetHere(Long objective) {
        ExecutorParts.forget(objective);
        return true;
    }
}
