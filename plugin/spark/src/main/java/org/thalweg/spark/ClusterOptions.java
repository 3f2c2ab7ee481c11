package org.thalweg.spark;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster to use, and the share of it. Immutable.
 *
 * @param master {@code spark://HOST:PORT}, {@code local[N]} (this process with N tasks at a time), or another master
 *     that Spark knows
 * @param cores number of cores that the application takes and waits for; 0 for all
 * @param memory heap of an executor, such as {@code 2g}; vectors and activations are outside it, in as much memory as
 *     JavaCPP allows: by default as much again as the heap, unless {@code org.bytedeco.javacpp.maxbytes} is set
 * @param patience time to wait for executors, at the start and when all are lost
 * @param settings further settings of Spark, which override Thalweg's own
 * @since 0.2.0
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

    /** All cores of a master, 2 GiB for each executor, and a minute of patience. */
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

    /**
     * Sends this process's jars, except those in Spark's own directory, to the executors, which then need no others.
     */
    public ClusterOptions withJarsOfThisProcess() {
        return with("spark.jars", Jars.ofThisProcess());
    }

    /** Adds a setting of Spark, such as {@code spark.executor.extraClassPath}. */
    public ClusterOptions with(String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new ClusterOptions(master, cores, memory, patience, more);
    }
}
