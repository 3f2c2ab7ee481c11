package org.thalweg.example;

import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** A layer of a user's own in Deeplearning4j: what a dense layer computes, squared. Only its configuration matters here. */
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
