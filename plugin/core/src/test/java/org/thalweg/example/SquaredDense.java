package org.thalweg.example;

import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** A user's own layer in Deeplearning4j: the squared output of a dense layer. Only its configuration matters here. */
public final class SquaredDense extends DenseLayer {

    private static final long serialVersionUID = 1;

    /** For Deeplearning4j's copies of a configuration. */
    public SquaredDense() {
        setHasBias(true);
    }

    /** @param size numbers per example that it computes */
    public SquaredDense(long size) {
        this();
        setNOut(size);
    }
}
