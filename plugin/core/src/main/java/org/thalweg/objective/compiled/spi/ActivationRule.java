package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;

/**
 * Turns activation functions of some classes into steps; found like {@link LayerRule}s.
 *
 * @since 0.2.0
 */
public interface ActivationRule {

    /** The function classes that this rule handles, without their subclasses. */
    Set<Class<? extends IActivation>> functions();

    /**
     * Adds the steps of a function.
     *
     * @param scope the layer that has it
     * @param function of one of the classes above
     * @return the function of the input
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value input, IActivation function);
}
