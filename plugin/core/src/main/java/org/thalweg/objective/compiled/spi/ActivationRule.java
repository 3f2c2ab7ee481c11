package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;

/**
 * How activation functions of some classes become steps; found as {@link LayerRule}s are.
 *
 * @since 0.2.0
 */
public interface ActivationRule {

    /** The functions that this rule is for; subclasses of theirs are other functions. */
    Set<Class<? extends IActivation>> functions();

    /**
     * Adds the steps of a function.
     *
     * @param scope the layer that has it
     * @param function of one of the classes above
     * @return the input with the function applied
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value input, IActivation function);
}
