package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * How layers of some configuration classes become steps. Rules are found through {@link java.util.ServiceLoader}, so a
 * new layer is a class and a line in {@code META-INF/services}. Two rules for one class are an error.
 *
 * @since 0.2.0
 */
public interface LayerRule {

    /** The configuration classes that this rule is for; subclasses of theirs are other layers. */
    Set<Class<? extends Layer>> layers();

    /** Whether the rule knows what a mask of its input means; where it does not, a masked input is not covered. */
    default boolean acceptsMask() {
        return false;
    }

    /**
     * Adds the layer's steps.
     *
     * @return the layer's output; of an output layer, what is compared with the labels
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(LayerScope scope, Value input);
}
