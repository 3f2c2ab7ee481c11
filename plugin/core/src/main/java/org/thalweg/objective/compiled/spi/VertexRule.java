package org.thalweg.objective.compiled.spi;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.thalweg.objective.UnsupportedNetworkException;

/** How vertices of a graph that are no layers become steps; found as {@link LayerRule}s are. */
public interface VertexRule {

    /** The configuration classes that this rule is for. */
    Set<Class<? extends GraphVertex>> vertices();

    /**
     * Adds the vertex's steps.
     *
     * @throws UnsupportedNetworkException for settings that are not covered
     */
    Value compile(String name, GraphVertex vertex, List<Value> inputs, ProgramBuilder builder);
}
