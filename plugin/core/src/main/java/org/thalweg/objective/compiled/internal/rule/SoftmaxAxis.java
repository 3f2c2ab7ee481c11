package org.thalweg.objective.compiled.internal.rule;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.thalweg.objective.compiled.internal.kernel.Softmax;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * The axis of DL4J's softmax of whole arrays: their last one, which is not the channels' axis if channels come first.
 */
final class SoftmaxAxis {

    private SoftmaxAxis() {}

    /** The activation of whole sequences, images or volumes. */
    static Value activated(LayerScope scope, Value value, IActivation function) {
        return function instanceof ActivationSoftmax ? softmax(scope, value) : scope.activated(value, function);
    }

    static Value softmax(LayerScope scope, Value value) {
        Value ordered = scope.toNetworkOrder(value);
        return scope.fromNetworkOrder(scope.elementwise(new Softmax(), ordered)).withMask(value.mask());
    }
}
