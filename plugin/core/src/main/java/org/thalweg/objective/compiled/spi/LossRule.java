package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * How loss functions of some classes become outputs; found as {@link LayerRule}s are.
 *
 * @since 0.2.0
 */
public interface LossRule {

    /** The losses that this rule is for; subclasses of theirs are other losses. */
    Set<Class<? extends ILossFunction>> losses();

    /**
     * Adds what is compared with the labels: the activation, where the loss does not contain it, and an output.
     *
     * @param scope the layer that has the loss
     * @param logits what goes into the activation
     * @param activation the layer's
     * @param function of one of the classes above
     * @return what is compared
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function);
}
