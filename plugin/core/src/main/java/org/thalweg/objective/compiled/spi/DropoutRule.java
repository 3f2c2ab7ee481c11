package org.thalweg.objective.compiled.spi;

import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/**
 * How dropout of some classes becomes steps, in {@code TRAINING} mode; found as {@link LayerRule}s are.
 *
 * @since 0.2.0
 */
public interface DropoutRule {

    /** The kinds of dropout that this rule is for; subclasses of theirs are other kinds. */
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
