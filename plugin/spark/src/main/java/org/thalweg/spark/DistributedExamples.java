package org.thalweg.spark;

import java.io.Serializable;
import org.thalweg.objective.Probe;

/**
 * The examples of a probe, of which each executor reads what it needs. Instances reach executors by Java
 * serialization, so they say where the examples are rather than contain them. Reading twice gives the same examples.
 *
 * @since 0.2.0
 */
public interface DistributedExamples extends Serializable {

    /** Number of examples, N. */
    int size();

    /**
     * Reads a range of the examples.
     *
     * @param from number of the first one
     * @param to number after the last one
     */
    Probe read(int from, int to);

    /** Where the examples come from, for provenance. */
    String source();
}
