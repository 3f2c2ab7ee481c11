package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Turns layers of some configuration classes into steps. Rules are found through {@link java.util.ServiceLoader}, so a
 * new layer takes a class and a line in {@code META-INF/services}. Two rules for one class are an error.
 *
 * @since 0.2.0
 */
public interface LayerRule {

    /** The configuration classes that this rule handles, without their subclasses. */
    Set<Class<? extends Layer>> layers();

    /** Whether the rule handles a mask of its input; if not, a masked input is not covered. */
    default boolean acceptsMask() {
        return false;
    }

    /**
     * Adds the layer's steps.
     *
     * @return the layer's output; for an output layer, the value that is compared with the labels
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value input);
}
