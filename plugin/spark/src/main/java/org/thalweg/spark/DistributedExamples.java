package org.thalweg.spark;

import java.io.Serializable;
import org.thalweg.objective.Probe;

/**
 * The examples of a probe; each executor reads its part. Instances reach executors by Java serialization, so they hold
 * the location of the examples rather than the examples. Reading twice gives the same examples.
 *
 * @since 0.2.0
 */
public interface DistributedExamples extends Serializable {

    /** Number of examples, N. */
    int size();

    /**
     * Reads a range of the examples.
     *
     * @param from index of the first example
     * @param to index after the last example
     */
    Probe read(int from, int to);

    /** The source of the examples, for provenance. */
    String source();
}
