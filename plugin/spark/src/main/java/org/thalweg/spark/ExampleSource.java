package org.thalweg.spark;

import java.io.Serializable;
import org.thalweg.objective.Probe;

/**
 * The examples of a probe, which executors read for themselves, each what it needs. Carried there by Java serialization,
 * so it says where the examples are rather than having them. Reading again gives the same examples.
 */
public interface ExampleSource extends Serializable {

    /** How many there are, N. */
    int size();

    /**
     * Reads a part.
     *
     * @param from number of the first one
     * @param to number after the last one
     */
    Probe read(int from, int to);

    /** Where they come from, for provenance. */
    String source();
}
