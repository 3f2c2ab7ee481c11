package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * How vertices of a graph that are no layers become steps; found as {@link LayerRule}s are.
 *
 * @since 0.2.0
 */
public interface VertexRule {

    /** The configuration classes that this rule is for; subclasses of theirs are other vertices. */
    Set<Class<? extends GraphVertex>> vertices();

    /**
     * Whether the rule knows what masks of its inputs mean; where it does not, a masked input is not covered.
     */
    default boolean acceptsMasks() {
        return false;
    }

    /**
     * Adds the vertex's steps.
     *
     * @return the vertex's output
     * @throws org.thalweg.objective.UnsupportedNetworkException for settings that are not covered
     */
    Value compile(VertexScope scope, List<Value> inputs);
}
