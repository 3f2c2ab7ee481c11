package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * The tensors of an {@link Lstm}. Those of steps are {@code [time, n, size]}, and of gates {@code [4, time, n, size]}, so that
 * one step of one gate is a dense matrix, and all steps of one gate are one, too.
 */
final class LstmSteps {

    /** The gates in the order of the weights' columns. */
    static final int INPUT = 0;

    static final int FORGET = 1;
    static final int OUTPUT = 2;
    static final int WRITE = 3;
    static final int GATES = 4;

    /** From about here on, ND4J's products are as fast as those of {@link Op#LSTM_STEPS}. */
    private static final int MOST_UNITS = 32;

    private static final int MOST_INPUTS = 64;
    /** With fewer, {@link Op#LSTM} takes up to three times as long as {@link Op#LSTM_STEPS}. */
    private static final int LEAST_UNITS_OF_OP = 16;

    private final KernelContext context;
    private final boolean backwards;
    private final long examples;
    private final long time;
    private final long size;
    private final long inputs;

    LstmSteps(KernelContext context, boolean backwards) {
        this.context = context;
        this.backwards = backwards;
        Tensor output = context.output();
        this.examples = output.size(0);
        this.time = output.size(1);
        this.size = output.size(2);
        this.inputs = context.input(0).size(2);
    }

    KernelContext context() {
        return context;
    }

    Tape tape() {
        return context.tape();
    }

    int time() {
        return (int) time;
    }

    /** The k-th step to be computed. */
    Tensor at(Tensor steps, int k) {
        return steps.select(0, backwards ? time - 1 - k : k);
    }

    Tensor at(Tensor gates, int gate, int k) {
        return at(gates.select(0, gate), k);
    }

    /** All steps that have one after them, as a matrix. */
    Tensor earlier(Tensor steps) {
        return backwards ? steps.slice(0, 1, time) : steps.slice(0, 0, time - 1);
    }

    /** All steps that have one before them. */
    Tensor later(Tensor steps) {
        return backwards ? steps.slice(0, 0, time - 1) : steps.slice(0, 1, time);
    }

    /** A tensor for all steps that later methods find again, if there are any. */
    Tensor steps(String name) {
        return kept(name, time, examples, size);
    }

    /** As {@link #steps}, for all gates. */
    Tensor gates(String name) {
        return kept(name, GATES, time, examples, size);
    }

    private Tensor kept(String name, long... shape) {
        return context.kind() == EvaluationKind.VALUE ? context.scratch(shape) : context.keep(name, shape);
    }

    /** A tensor for one step. */
    Tensor scratch() {
        return context.scratch(examples, size);
    }

    /** As {@link #steps}, as wide as the input. */
    Tensor inputs(String name) {
        return kept(name, time, examples, inputs);
    }

    /** The input in the order of steps; of the probe alone it is put there once. */
    Tensor input() {
        return context.constant(0)
                ? context.ofProbe(
                        "input",
                        new long[] {time, examples, inputs},
                        (tape, steps) -> tape.copy(reordered(context.input(0)), steps))
                : inputs("input");
    }

    /** A tensor {@code [n, time, size]} in the order of steps, or the reverse. */
    static Tensor reordered(Tensor tensor) {
        return tensor.permute(1, 0, 2);
    }

    Weights weights(String name) {
        return context.weights(name);
    }

    /** Whether one op for whole sequences is right, which takes an axis of size 1 for another one, and fast. */
    boolean suitOp() {
        boolean alone =
                context.kind() == EvaluationKind.VALUE && context.output().type() == ElementType.FLOAT;
        return alone && context.knows(Op.LSTM) && size >= LEAST_UNITS_OF_OP && examples > 1 && time > 1 && inputs > 1;
    }

    /** Whether ops for a few units take less time than several ops a step. The host counts their numbers with an int. */
    boolean areNarrow() {
        return context.knows(Op.LSTM_STEPS)
                && size <= MOST_UNITS
                && inputs <= MOST_INPUTS
                && time * examples * Math.max(inputs, GATES * size) <= Integer.MAX_VALUE / Double.BYTES;
    }

    boolean backwards() {
        return backwards;
    }

    /** All steps by one op. */
    void recordOp() {
        tape().lstm(
                        context.input(0),
                        inOrderOfOp(weights(Lstm.INPUT).value()),
                        inOrderOfOp(weights(Lstm.RECURRENT).value()),
                        inOrderOfOp(weights(Lstm.BIAS).value().reshape(1, GATES * size))
                                .reshape(GATES * size),
                        List.of(context.output(), scratch(), scratch()),
                        backwards);
    }

    private Tensor inOrderOfOp(Tensor weights) {
        Tensor ordered = context.scratch(weights.shape());
        int[] order = {WRITE, FORGET, INPUT, OUTPUT};
        for (int i = 0; i < GATES; i++) {
            tape().copy(
                            weights.slice(1, order[i] * size, (order[i] + 1) * size),
                            ordered.slice(1, i * size, (i + 1) * size));
        }
        return ordered;
    }

    /** Weights by gate, {@code [4, rows, size]}, which later methods find under the name. */
    Tensor byGate(String name, Tensor weights) {
        Tensor matrices = kept(name, GATES, weights.size(0), size);
        tape().copy(columnsByGate(weights), matrices);
        return matrices;
    }

    /** Weights by gate that an earlier method has put there. */
    Tensor byGate(String name, long rows) {
        return kept(name, GATES, rows, size);
    }

    /** The columns of weights as {@code [4, rows, size]}. */
    private Tensor columnsByGate(Tensor weights) {
        return weights.reshape(weights.size(0), GATES, size).permute(1, 0, 2);
    }

    long inputs() {
        return inputs;
    }

    long size() {
        return size;
    }

    /** z = x times the weights of each gate, or added to what is there. */
    void products(Tensor x, Tensor weights, Tensor gates, boolean add) {
        for (int gate = 0; gate < GATES; gate++) {
            tape().matmul(
                            x.rows(),
                            false,
                            weights.select(0, gate),
                            false,
                            gates.select(0, gate).rows(),
                            add);
        }
    }

    /** x = the sum over the gates of each one's deltas times the transpose of its weights, or added to what is there. */
    void adjoints(Tensor gates, Tensor weights, Tensor x, boolean add) {
        for (int gate = 0; gate < GATES; gate++) {
            tape().matmul(
                            gates.select(0, gate).rows(),
                            false,
                            weights.select(0, gate),
                            true,
                            x.rows(),
                            add || gate > 0);
        }
    }

    /** All gates of what {@link #earlier} or {@link #later} makes of steps. */
    Tensor earlierGates(Tensor gates) {
        return backwards ? gates.slice(1, 1, time) : gates.slice(1, 0, time - 1);
    }

    Tensor laterGates(Tensor gates) {
        return backwards ? gates.slice(1, 0, time - 1) : gates.slice(1, 1, time);
    }

    /** A sum of x^T d over some pairs, by gate, goes to where the gradient of weights goes. */
    void weightGradient(GradientTarget target, Tensor x, Tensor deltas, @Nullable Tensor y, @Nullable Tensor others) {
        Tensor matrices = context.scratch(GATES, x.size(x.rank() - 1), size);
        for (int gate = 0; gate < GATES; gate++) {
            Tensor matrix = matrices.select(0, gate);
            tape().matmul(x.rows(), true, deltas.select(0, gate).rows(), false, matrix);
            if (y != null && others != null) {
                tape().matmul(y.rows(), true, others.select(0, gate).rows(), false, matrix, true);
            }
        }
        Tensor weights = target.tensor();
        new GradientTarget(weights.reshape(weights.size(0), GATES, size), target.add())
                .put(tape(), matrices.permute(1, 0, 2));
    }

    /** The sums of the deltas of each gate go to where the gradient of the bias goes. */
    void biasGradient(GradientTarget target, Tensor deltas) {
        for (int gate = 0; gate < GATES; gate++) {
            Tensor part = target.tensor().slice(0, gate * size, (gate + 1) * size);
            context.sumRows(deltas.select(0, gate).rows(), new GradientTarget(part, target.add()));
        }
    }

    /** The bias, or its tangent, is added to each gate. */
    void addBias(Tensor bias, Tensor gates) {
        for (int gate = 0; gate < GATES; gate++) {
            tape().addToRows(
                            bias.slice(0, gate * size, (gate + 1) * size),
                            gates.select(0, gate).rows());
        }
    }

    /** z = z + x y. */
    void addProduct(Tensor x, Tensor y, Tensor part, Tensor z) {
        tape().multiply(x, y, part);
        tape().add(z, part, z);
    }
}
