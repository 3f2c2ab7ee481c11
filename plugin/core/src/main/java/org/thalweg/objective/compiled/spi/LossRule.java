package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Turns loss functions of some classes into outputs; found like {@link LayerRule}s.
 *
 * @since 0.2.0
 */
public interface LossRule {

    /** The loss classes that this rule handles, without their subclasses. */
    Set<Class<? extends ILossFunction>> losses();

    /**
     * Adds the activation, unless the loss contains it, and an output that is compared with the labels.
     *
     * @param scope the layer that has the loss
     * @param logits the input of the activation
     * @param activation the layer's
     * @param function of one of the classes above
     * @return the compared value
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function);
}
