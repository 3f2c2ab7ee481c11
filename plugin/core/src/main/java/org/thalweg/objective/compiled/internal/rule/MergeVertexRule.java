package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.Concatenation;
import org.thalweg.objective.compiled.spi.ProgramBuilder;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;

/** Vertices side by side. */
public final class MergeVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(MergeVertex.class);
    }

    @Override
    public Value compile(String name, GraphVertex vertex, List<Value> inputs, ProgramBuilder builder) {
        List<Value> values = inputs.stream()
                .map(input -> builder.inNetworkOrder(name, input))
                .toList();
        long[] shape = values.get(0).shape();
        long[] channels = values.stream().mapToLong(Value::channels).toArray();
        shape[shape.length - 1] = Arrays.stream(channels).sum();
        for (Value value : values) {
            long[] same = value.shape();
            same[same.length - 1] = shape[shape.length - 1];
            if (!Arrays.equals(same, shape)) {
                throw new UnsupportedNetworkException(
                        name, "merges " + values.get(0) + " and " + value + ", which differ in more than channels");
            }
        }
        return builder.step(name, new Concatenation(channels), values, shape);
    }
}
