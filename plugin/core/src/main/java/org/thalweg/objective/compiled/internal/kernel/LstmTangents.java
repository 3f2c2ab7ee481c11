package org.thalweg.objective.compiled.internal.kernel;

import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.FORGET;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.GATES;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.INPUT;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.OUTPUT;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.WRITE;

import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * The derivatives of an {@link Lstm}'s value and gradient along a direction: those of the equations of {@link LstmValues}, term
 * by term. What they take from the parameters alone is kept from one direction to the next.
 */
record LstmTangents(LstmSteps steps) {

    void forward() {
        KernelContext context = steps.context();
        Tape tape = steps.tape();
        Tensor gates = steps.gates("gates' tangents");
        products(gates);
        Tensor outputs = steps.steps("outputs' tangents");
        new LstmRecurrence(steps).tangents(gates, steps.steps("cells' tangents"), outputs);
        tape.copy(LstmSteps.reordered(outputs), context.outputTangent());
    }

    /** R z of all steps but for R h' RW. */
    private void products(Tensor gates) {
        KernelContext context = steps.context();
        Weights input = steps.weights(Lstm.INPUT);
        boolean moves = input.trainable();
        if (moves) {
            steps.products(steps.input(), steps.byGate("W tangent", input.tangent()), gates, false);
        }
        if (context.active(0)) {
            Tensor tangents = steps.inputs("input tangent");
            steps.tape().copy(LstmSteps.reordered(context.inputTangent(0)), tangents);
            steps.products(tangents, steps.byGate("W", steps.inputs()), gates, moves);
            moves = true;
        }
        if (!moves) {
            steps.tape().fill(0, gates);
        }
        Weights bias = steps.weights(Lstm.BIAS);
        if (bias.trainable()) {
            steps.addBias(bias.tangent(), gates);
        }
        Weights recurrent = steps.weights(Lstm.RECURRENT);
        if (recurrent.trainable() && steps.time() > 1) {
            steps.products(
                    steps.earlier(steps.steps("outputs")),
                    steps.byGate("RW tangent", recurrent.tangent()),
                    steps.laterGates(gates),
                    true);
        }
    }

    void backward() {
        Tensor deltas = steps.gates("deltas' tangents");
        Tensor cellDeltas = steps.steps("cells' deltas' tangents");
        factorTangents(deltas, cellDeltas);
        deltas(deltas, cellDeltas);
        gradients(deltas);
    }

    /**
     * What the tangents of the factors s add to those of the deltas: d h R s_o and d c R s_k, and to those of the cells' deltas:
     * d h R b + d c_n R f_n.
     */
    private void factorTangents(Tensor deltas, Tensor cellDeltas) {
        Tape tape = steps.tape();
        Tensor cells = steps.steps("cells' tangents");
        Tensor slopes = steps.gates("functions' slopes");
        Tensor cellSlopes = steps.steps("cells' slopes");
        Tensor outputDelta = steps.steps("outputs' deltas");
        Tensor cellDelta = steps.steps("cells' deltas");
        Tensor gates = steps.gates("gates' tangents");
        tape.multiply(steps.gates("factors' slopes"), gates, deltas);
        // From here on, R of the gates themselves.
        tape.multiply(slopes, gates, gates);
        Tensor activated = steps.context().scratch(cells.shape());
        tape.multiply(cellSlopes, cells, activated);
        Tensor part = steps.context().scratch(cells.shape());
        steps.addProduct(slopes.select(0, OUTPUT), activated, part, deltas.select(0, OUTPUT));
        steps.addProduct(slopes.select(0, WRITE), gates.select(0, INPUT), part, deltas.select(0, WRITE));
        steps.addProduct(slopes.select(0, INPUT), gates.select(0, WRITE), part, deltas.select(0, INPUT));
        boolean several = steps.time() > 1;
        if (several) {
            steps.addProduct(
                    steps.later(slopes.select(0, FORGET)),
                    steps.earlier(cells),
                    steps.later(part),
                    steps.later(deltas.select(0, FORGET)));
        }
        for (int gate = 0; gate < GATES; gate++) {
            Tensor delta = deltas.select(0, gate);
            tape.multiply(delta, gate == OUTPUT ? outputDelta : cellDelta, delta);
        }
        // R b = R o tanh'(c) - 2 h R tanh(c)
        tape.multiply(steps.steps("outputs"), activated, cellDeltas);
        tape.scale(-2, cellDeltas, cellDeltas);
        steps.addProduct(gates.select(0, OUTPUT), cellSlopes, part, cellDeltas);
        tape.multiply(cellDeltas, outputDelta, cellDeltas);
        if (several) {
            steps.addProduct(
                    steps.later(cellDelta),
                    steps.later(gates.select(0, FORGET)),
                    steps.later(part),
                    steps.earlier(cellDeltas));
        }
    }

    private void deltas(Tensor deltas, Tensor cellDeltas) {
        Tape tape = steps.tape();
        Tensor outputDeltas = steps.context().scratch(cellDeltas.shape());
        tape.copy(LstmSteps.reordered(steps.context().outputDeltaTangent()), outputDeltas);
        boolean moves = steps.weights(Lstm.RECURRENT).trainable() && steps.time() > 1;
        if (moves) {
            steps.adjoints(
                    steps.laterGates(steps.gates("deltas")),
                    steps.byGate("RW tangent", steps.size()),
                    steps.earlier(outputDeltas),
                    true);
        }
        new LstmRecurrence(steps).adjoints(deltas, cellDeltas, outputDeltas, true);
    }

    private void gradients(Tensor deltas) {
        KernelContext context = steps.context();
        Weights input = steps.weights(Lstm.INPUT);
        Tensor values = steps.gates("deltas");
        boolean active = context.active(0);
        if (active) {
            Tensor inputDeltas = context.scratch(steps.input().shape());
            steps.adjoints(deltas, steps.byGate("W", steps.inputs()), inputDeltas, false);
            if (input.trainable()) {
                steps.adjoints(values, steps.byGate("W tangent", steps.inputs()), inputDeltas, true);
            }
            steps.tape().copy(LstmSteps.reordered(inputDeltas), context.inputDeltaTangent(0));
        }
        if (input.trainable()) {
            steps.weightGradient(
                    input.gradientTangentTarget(),
                    steps.input(),
                    deltas,
                    active ? steps.inputs("input tangent") : null,
                    active ? values : null);
        }
        Weights recurrent = steps.weights(Lstm.RECURRENT);
        if (recurrent.trainable()) {
            if (steps.time() > 1) {
                steps.weightGradient(
                        recurrent.gradientTangentTarget(),
                        steps.earlier(steps.steps("outputs")),
                        steps.laterGates(deltas),
                        steps.earlier(steps.steps("outputs' tangents")),
                        steps.laterGates(values));
            } else {
                steps.tape().fill(0, recurrent.gradientTangent());
            }
        }
        Weights bias = steps.weights(Lstm.BIAS);
        if (bias.trainable()) {
            steps.biasGradient(bias.gradientTangentTarget(), deltas);
        }
    }
}
