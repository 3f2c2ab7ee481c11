package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.AxisSlice;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Inputs of a vertex in a graph that stacks values along the examples. A stack is a list of its members: its readers
 * are compiled once for each member, with the same parameters.
 *
 * @param name of the vertex
 * @param inputs the members of each
 */
record Stacks(String name, List<List<Value>> inputs) {

    /** The number of members, which must be the same for all inputs. */
    int size() {
        int size = inputs.isEmpty() ? 1 : inputs.get(0).size();
        if (inputs.stream().anyMatch(input -> input.size() != size)) {
            throw new UnsupportedNetworkException(
                    name, "reads stacks of " + inputs.stream().map(List::size).toList() + " members, which do not fit");
        }
        return size;
    }

    /** The inputs of one member. */
    List<Value> inputs(int member) {
        return inputs.stream().map(input -> input.get(member)).toList();
    }

    /** All inputs stacked. */
    List<Value> stacked() {
        return inputs.stream().flatMap(List::stream).toList();
    }

    /** One part of a stack, or of steps or blocks that are folded into the examples. */
    List<Value> unstacked(UnstackVertex vertex, ProgramBuilder builder) {
        List<Value> members = inputs.get(0);
        int parts = vertex.getStackSize();
        if (members.size() == 1 && members.get(0).perExample() % parts == 0) {
            return List.of(part(builder, members.get(0), vertex.getFrom(), parts));
        }
        if (members.size() % parts != 0) {
            throw new UnsupportedNetworkException(name, "splits a stack of " + members.size() + " into " + parts);
        }
        int part = members.size() / parts;
        return members.subList(vertex.getFrom() * part, (vertex.getFrom() + 1) * part);
    }

    /** Folded steps and blocks are in DL4J's order: all examples of the first one come before those of the next. */
    private Value part(ProgramBuilder builder, Value value, long number, int parts) {
        Value apart = builder.dense(name, builder.inNetworkOrder(name, value)).unfolded();
        long[] shape = apart.shape();
        shape[0] /= parts;
        AxisSlice slice = new AxisSlice(0, number * shape[0], (number + 1) * shape[0], false);
        Value some = builder.dense(name, builder.step(name, slice, List.of(apart), shape));
        return shape[0] > 1 ? some.folded() : some.reshaped(Arrays.copyOfRange(shape, 1, shape.length));
    }

    /** Rejects layers that are not computed for each member of a stack separately. */
    void requireMembersApart(GraphVertex vertex, ObjectiveMode mode, int labels) {
        if (labels >= 0) {
            throw new UnsupportedNetworkException(
                    name,
                    "has a loss of a stack, for which Deeplearning4j wants labels of each member, more than the one an"
                            + " example that a probe has: unstack it first");
        }
        boolean normalizes = vertex instanceof LayerVertex layer
                && NetworkLayout.unwrapped(layer.getLayerConf().getLayer()) instanceof BatchNormalization;
        if (normalizes && mode != ObjectiveMode.RUNNING) {
            throw new UnsupportedNetworkException(
                    name, "normalizes a stack by the statistics of all of it, which is covered in RUNNING mode alone");
        }
    }
}
