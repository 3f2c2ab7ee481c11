package org.thalweg.objective.compiled.internal.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.thalweg.objective.compiled.internal.kernel.Copy;
import org.thalweg.objective.compiled.internal.kernel.ElementwiseProduct;
import org.thalweg.objective.compiled.internal.kernel.LinearCombination;
import org.thalweg.objective.compiled.internal.kernel.Maximum;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.VertexRule;
import org.thalweg.objective.compiled.spi.VertexScope;

/** Sums, differences, averages, products and maxima of vertices; axes of size 1 are broadcast. */
public final class ElementWiseVertexRule implements VertexRule {

    @Override
    public Set<Class<? extends GraphVertex>> vertices() {
        return Set.of(ElementWiseVertex.class);
    }

    @Override
    public boolean acceptsMasks() {
        return true;
    }

    @Override
    public Value compile(VertexScope scope, List<Value> inputs) {
        List<Value> values =
                broadcast(scope, inputs.stream().map(scope::inNetworkOrder).toList());
        int count = values.size();
        ElementWiseVertex.Op op = scope.as(ElementWiseVertex.class).getOp();
        Value combined = switch (op) {
            case Add -> combine(scope, new LinearCombination(coefficients(count, 1)), values);
            case Average -> combine(scope, new LinearCombination(coefficients(count, 1.0 / count)), values);
            case Subtract -> combine(scope, new LinearCombination(1, -1), values);
            case Product ->
                values.stream()
                        .reduce((a, b) -> combine(scope, new ElementwiseProduct(), List.of(a, b)))
                        .orElseThrow();
            case Max -> combine(scope, new Maximum(count), values);
        };
        return combined.withMask(Steps.anyMask(scope, inputs));
    }

    private static List<Value> broadcast(VertexScope scope, List<Value> values) {
        long[] shape = values.get(0).shape();
        for (Value value : values) {
            for (int axis = 0; axis < shape.length && value.rank() == shape.length; axis++) {
                shape[axis] = Math.max(shape[axis], value.size(axis));
            }
        }
        return values.stream().map(value -> broadcast(scope, value, shape)).toList();
    }

    private static Value broadcast(VertexScope scope, Value value, long[] shape) {
        boolean fits = value.rank() == shape.length;
        for (int axis = 0; fits && axis < shape.length; axis++) {
            fits = value.size(axis) == shape[axis] || value.size(axis) == 1;
        }
        if (!fits) {
            throw scope.unsupported("combines " + value + " and others to " + Arrays.toString(shape)
                    + ": only axes of size 1 may differ");
        }
        return Arrays.equals(value.shape(), shape) ? value : scope.step(new Copy(), value, shape);
    }

    private static Value combine(VertexScope scope, Kernel kernel, List<Value> values) {
        return scope.step(kernel, values, values.get(0).shape());
    }

    private static double[] coefficients(int inputs, double coefficient) {
        double[] coefficients = new double[inputs];
        Arrays.fill(coefficients, coefficient);
        return coefficients;
    }
}
