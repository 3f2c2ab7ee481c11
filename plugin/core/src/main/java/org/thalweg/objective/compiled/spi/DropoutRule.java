package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/**
 * Turns dropout of some classes into steps, in {@code TRAINING} mode; found like {@link LayerRule}s.
 *
 * @since 0.2.0
 */
public interface DropoutRule {

    /** The dropout classes that this rule handles, without their subclasses. */
    Set<Class<? extends IDropout>> dropouts();

    /**
     * Adds the steps of dropout.
     *
     * @param scope the layer whose input it is applied to
     * @param dropout of one of the classes above
     * @return the input as the layer sees it
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value input, IDropout dropout);
}
