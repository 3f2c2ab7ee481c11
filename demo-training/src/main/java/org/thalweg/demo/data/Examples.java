package org.thalweg.demo.data;

import org.nd4j.linalg.dataset.DataSet;

/** Labelled examples by index, the same on every machine. Thread-safe. */
public interface Examples {

    /** Number of examples. */
    int size();

    /** What the examples are, for people: a plural such as "images". */
    String kind();

    /** Where they come from, for people. */
    String source();

    /**
     * Some examples as a network's input.
     *
     * @param examples indices from 0 to {@link #size()} - 1
     */
    DataSet dataSet(int... examples);
}
