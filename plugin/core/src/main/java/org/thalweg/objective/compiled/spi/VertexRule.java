package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/**
 * Turns vertices of a graph that are not layers into steps; found like {@link LayerRule}s.
 *
 * @since 0.2.0
 */
public interface VertexRule {

    /** The configuration classes that this rule handles, without their subclasses. */
    Set<Class<? extends GraphVertex>> vertices();

    /**
     * Whether the rule handles masks of its inputs; if not, a masked input is not covered.
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
