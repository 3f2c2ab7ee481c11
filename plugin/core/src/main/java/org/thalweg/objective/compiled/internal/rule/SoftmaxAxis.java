package org.thalweg.objective.compiled.internal.rule;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.thalweg.objective.compiled.spi.LayerScope;

/** What DL4J's softmax of whole sequences goes over. */
final class SoftmaxAxis {

    private SoftmaxAxis() {}

    /** Refuses a softmax over time: DL4J's goes over the last axis, which in NCW is not that of channels. */
    static void requireChannels(LayerScope scope, IActivation function) {
        if (function instanceof ActivationSoftmax && scope.sequenceFormat() == RNNFormat.NCW) {
            throw scope.unsupported("has a softmax of sequences in the format NCW, which is not covered");
        }
    }
}
