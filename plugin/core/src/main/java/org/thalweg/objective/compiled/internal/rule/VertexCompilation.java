package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** A vertex that is being compiled. */
public final class VertexCompilation extends StepCompilation implements VertexScope {

    private final GraphVertex vertex;
    private final Map<String, Value> networkInputs;

    /**
     * See {@link LayerCompilation} for the parameters.
     *
     * @param networkInputs the network's inputs by their names
     */
    public VertexCompilation(
            String name,
            GraphVertex vertex,
            ObjectiveMode mode,
            DataFormats formats,
            ProgramBuilder builder,
            Map<String, Value> networkInputs) {
        super(name + "_", name, mode, formats, builder);
        this.vertex = vertex;
        this.networkInputs = Map.copyOf(networkInputs);
    }

    /** Adds the steps of the vertex's rule. */
    public Value compile(List<Value> inputs) {
        VertexRule rule = Rules.vertex(name(), vertex);
        inputs.forEach(input -> requireMask(rule.acceptsMasks(), input));
        return rule.compile(this, inputs);
    }

    @Override
    public Value networkInput(String input) {
        Value value = networkInputs.get(input);
        if (value == null) {
            throw unsupported("has the length or the mask of " + input + ", which is not an input of the network");
        }
        return value;
    }

    @Override
    public GraphVertex vertex() {
        return vertex;
    }
}
