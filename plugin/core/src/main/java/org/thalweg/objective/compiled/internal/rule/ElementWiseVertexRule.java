package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.ElementwiseProduct;
import org.thalweg.objective.compiled.internal.kernel.LinearCombination;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.ProgramBuilder;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;

/** Sums, differences, averages and products of vertices. */
public final class ElementWiseVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(ElementWiseVertex.class);
    }

    @Override
    public Value compile(String name, GraphVertex vertex, List<Value> inputs, ProgramBuilder builder) {
        List<Value> values = inputs.stream()
                .map(input -> builder.inNetworkOrder(name, input))
                .toList();
        Value first = values.get(0);
        for (Value value : values) {
            if (!Arrays.equals(value.shape(), first.shape())) {
                throw new UnsupportedNetworkException(
                        name, "combines " + first + " and " + value + ": different shapes are not covered");
            }
        }
        ElementWiseVertex.Op op = ((ElementWiseVertex) vertex).getOp();
        return switch (op) {
            case Add -> combine(name, new LinearCombination(coefficients(values.size(), 1)), values, builder);
            case Average ->
                combine(name, new LinearCombination(coefficients(values.size(), 1.0 / values.size())), values, builder);
            case Subtract -> combine(name, new LinearCombination(1, -1), values, builder);
            case Product ->
                values.stream()
                        .reduce((a, b) -> combine(name, new ElementwiseProduct(), List.of(a, b), builder))
                        .orElseThrow();
            default -> throw new UnsupportedNetworkException(name, "has the operation " + op + ", not covered");
        };
    }

    private static Value combine(String name, Kernel kernel, List<Value> values, ProgramBuilder builder) {
        return builder.step(name, kernel, values, values.get(0).shape());
    }

    private static double[] coefficients(int inputs, double coefficient) {
        double[] coefficients = new double[inputs];
        Arrays.fill(coefficients, coefficient);
        return coefficients;
    }
}
