package org.thalweg.data;

import java.io.IOException;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Labelled examples in files, of which a probe takes some. */
interface ExampleSource {

    /** How many there are. */
    int count();

    /** Where they are, in words. */
    String source();

    /**
     * Some of them, shaped for the network they were opened for.
     *
     * @param examples their indices, ascending, at least one
     * @throws IOException if they cannot be read, or do not fit the network; the message names the file
     */
    MultiDataSet take(int[] examples) throws IOException;
}
