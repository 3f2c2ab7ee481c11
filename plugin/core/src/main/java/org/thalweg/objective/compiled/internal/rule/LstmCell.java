package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.thalweg.objective.compiled.internal.kernel.Scaling;
import org.thalweg.objective.compiled.spi.AffineKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Long short-term memory as in DL4J: with a = activation, s = gate activation and gates in the order i, f, o, g of the
 * columns of z = x W + h RW + b, c' = s(f) c + s(g) a(i) and h' = s(o) a(c'). A. Graves' variant (2013) has peepholes,
 * the last three columns of RW: c adds to f and g, c' to o.
 */
final class LstmCell implements RecurrentCell {

    private static final int GATES = 4;

    private final LayerScope scope;
    private final String recurrent;
    private final long size;
    private final boolean peepholes;
    private final IActivation activation;
    private final IActivation gate;

    private LstmCell(
            LayerScope scope,
            String recurrent,
            long size,
            boolean peepholes,
            IActivation activation,
            IActivation gate) {
        this.scope = scope;
        this.recurrent = recurrent;
        this.size = size;
        this.peepholes = peepholes;
        this.activation = activation;
        this.gate = gate;
    }

    /**
     * A cell of a layer.
     *
     * @param suffix of the names of its arrays
     */
    static LstmCell of(LayerScope scope, BaseRecurrentLayer layer, IActivation gate, boolean peepholes, String suffix) {
        return new LstmCell(scope, "RW" + suffix, layer.getNOut(), peepholes, layer.getActivationFn(), gate);
    }

    static LstmCell of(LayerScope scope, AbstractLSTM layer, boolean peepholes) {
        return of(scope, layer, layer.getGateActivationFn(), peepholes, "");
    }

    /** x W + b of a step, or of all steps as one product. */
    static Value projected(LayerScope scope, Value sequence, long size, String suffix) {
        return scope.affine(sequence, scope.parameter("W" + suffix), scope.parameter("b" + suffix), GATES * size);
    }

    @Override
    public List<Value> step(Value projected, List<Value> state) {
        Value z = state.isEmpty()
                ? projected
                : scope.combine(List.of(projected, scope.affine(state.get(0), product(), null, GATES * size)), 1, 1);
        return peepholes
                ? withPeepholes(z, state.isEmpty() ? null : state.get(1))
                : plain(z, state.isEmpty() ? null : state.get(1));
    }

    private List<Value> plain(Value z, @Nullable Value cell) {
        // Each gate separately, so that later steps read no strided view.
        Value input = scope.activated(part(z, 0), activation);
        Value written = scope.multiply(scope.activated(part(z, 3), gate), input);
        Value next = cell == null
                ? written
                : scope.combine(List.of(scope.multiply(scope.activated(part(z, 1), gate), cell), written), 1, 1);
        Value output = scope.activated(part(z, 2), gate);
        return List.of(scope.multiply(output, scope.activated(next, activation)), next);
    }

    private List<Value> withPeepholes(Value z, @Nullable Value cell) {
        Value input = scope.activated(part(z, 0), activation);
        Value written = scope.multiply(gated(part(z, 3), cell, 2), input);
        Value next = cell == null
                ? written
                : scope.combine(List.of(scope.multiply(gated(part(z, 1), cell, 0), cell), written), 1, 1);
        Value output = gated(part(z, 2), next, 1);
        return List.of(scope.multiply(output, scope.activated(next, activation)), next);
    }

    /** A gate that sees the cell through a peephole with the given index. */
    private Value gated(Value z, @Nullable Value cell, int peephole) {
        if (cell == null) {
            return scope.activated(z, gate);
        }
        long column = GATES * size + peephole;
        // A column, like its weights.
        Value cells = scope.reshape(cell, size, 1);
        Operand weights = new Operand.Slice(scope.key(recurrent), 1, column, column + 1);
        Value seen = scope.step(new Scaling(), List.of(cells), AffineKernel.operands(weights, null), cells.shape());
        return scope.activated(scope.combine(List.of(z, scope.reshape(seen, size)), 1, 1), gate);
    }

    private Operand product() {
        return peepholes ? new Operand.Slice(scope.key(recurrent), 1, 0, GATES * size) : scope.parameter(recurrent);
    }

    private Value part(Value value, int number) {
        return scope.slice(value, 0, number * size, (number + 1) * size);
    }
}
