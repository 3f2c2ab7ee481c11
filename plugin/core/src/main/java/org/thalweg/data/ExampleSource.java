package org.thalweg.data;

import java.io.IOException;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Labelled examples in files, from which a probe is drawn. */
interface ExampleSource {

    /** Number of examples. */
    int count();

    /** A description of their place. */
    String source();

    /**
     * Reads some examples, in the shape that the network takes.
     *
     * @param examples their indices, ascending, at least one
     * @throws IOException if they cannot be read, or do not fit the network; the message names the file
     */
    MultiDataSet take(int[] examples) throws IOException;
}
