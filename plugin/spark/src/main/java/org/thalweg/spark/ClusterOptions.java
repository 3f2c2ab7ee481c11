package org.thalweg.spark;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which cluster, and what an application takes of it. Immutable.
 *
 * @param master {@code spark://HOST:PORT}, {@code local[N]} (this process with N tasks at a time), or another one that
 *     Spark knows
 * @param cores that the application takes and waits for; 0 for all that there are
 * @param memory heap of an executor, {@code 2g} say; vectors and activations lie outside of it, in as much again as
 *     JavaCPP allows, which is the heap's size unless {@code org.bytedeco.javacpp.maxbytes} says otherwise
 * @param patience how long to wait for executors, at the start and when all are lost
 * @param settings further settings of Spark, which go before Thalweg's own
 */
public record ClusterOptions(String master, int cores, String memory, Duration patience, Map<String, String> settings) {

    public ClusterOptions {
        if (cores < 0) {
            throw new IllegalArgumentException("number of cores must not be negative, got " + cores);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be positive, got " + patience);
        }
        settings = Map.copyOf(settings);
    }

    /** All cores of a master, 2 GiB an executor, a minute of patience. */
    public static ClusterOptions of(String master) {
        return new ClusterOptions(master, 0, "2g", Duration.ofMinutes(1), Map.of());
    }

    public ClusterOptions withCores(int cores) {
        return new ClusterOptions(master, cores, memory, patience, settings);
    }

    public ClusterOptions withMemory(String memory) {
        return new ClusterOptions(master, cores, memory, patience, settings);
    }

    public ClusterOptions withPatience(Duration patience) {
        return new ClusterOptions(master, cores, memory, patience, settings);
    }

    /** Sends this process's jars, but those beside Spark's own, to the executors, which then need no others. */
    public ClusterOptions withJarsOfThisProcess() {
        return with("spark.jars", Jars.ofThisProcess());
    }

    /** A further setting of Spark: {@code spark.executor.extraClassPath}, say. */
    public ClusterOptions with(String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new ClusterOptions(master, cores, memory, patience, more);
    }
}
