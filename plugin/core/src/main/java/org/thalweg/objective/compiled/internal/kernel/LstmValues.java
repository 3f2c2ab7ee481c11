package org.thalweg.objective.compiled.internal.kernel;

import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.FORGET;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.GATES;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.INPUT;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.OUTPUT;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.WRITE;

import java.util.List;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.objective.compiled.spi.Weights;

/**
 * Value and gradient of an {@link Lstm}. With d for the gradient of the loss, s' for the slope of a gate's function, and n for
 * the step after,
 *
 * <pre>
 *   d h = d y + d z_n RW^T                    d z_o = d h s_o,  s_o = tanh(c) o'
 *   d c = d h b + d c_n f_n,  b = o tanh'(c)  d z_k = d c s_k,  s_f = c' f',  s_g = i g',  s_i = g i'
 * </pre>
 */
record LstmValues(LstmSteps steps) {

    void forward() {
        KernelContext context = steps.context();
        if (steps.suitOp()) {
            steps.recordOp();
        } else if (steps.areNarrow()) {
            recordNarrow(context);
        } else {
            recordSteps(context);
        }
    }

    private void recordNarrow(KernelContext context) {
        Tensor outputs = steps.steps("outputs");
        boolean alone = context.kind() == EvaluationKind.VALUE;
        steps.tape()
                .lstmSteps(
                        loadedInput(context),
                        steps.weights(Lstm.INPUT).value(),
                        steps.weights(Lstm.RECURRENT).value(),
                        steps.weights(Lstm.BIAS).value(),
                        alone
                                ? List.of(outputs)
                                : List.of(
                                        outputs,
                                        steps.gates("gates"),
                                        steps.steps("cells"),
                                        steps.steps("activated cells")),
                        steps.backwards());
        if (!alone) {
            // Later methods form products of all steps.
            steps.byGate("W", steps.weights(Lstm.INPUT).value());
        }
        steps.tape().copy(LstmSteps.reordered(outputs), context.output());
    }

    private Tensor loadedInput(KernelContext context) {
        Tensor input = steps.input();
        if (!context.constant(0)) {
            steps.tape().copy(LstmSteps.reordered(context.input(0)), input);
        }
        return input;
    }

    private void recordSteps(KernelContext context) {
        Tape tape = steps.tape();
        Tensor input = loadedInput(context);
        Tensor gates = steps.gates("gates");
        steps.products(input, steps.byGate("W", steps.weights(Lstm.INPUT).value()), gates, false);
        steps.addBias(steps.weights(Lstm.BIAS).value(), gates);
        Tensor recurrent = steps.byGate("RW", steps.weights(Lstm.RECURRENT).value());
        Tensor cells = steps.steps("cells");
        Tensor activated = steps.steps("activated cells");
        Tensor outputs = steps.steps("outputs");
        Tensor part = steps.scratch();
        LstmRecurrence recurrence = new LstmRecurrence(steps);
        for (int k = 0; k < steps.time(); k++) {
            if (k > 0) {
                recurrence.addRecurrent(outputs, recurrent, gates, k);
            }
            for (int gate = 0; gate < GATES; gate++) {
                Tensor z = steps.at(gates, gate, k);
                tape.function(gate == INPUT ? UnaryFunction.TANH : UnaryFunction.SIGMOID, z, z);
            }
            Tensor cell = steps.at(cells, k);
            tape.multiply(steps.at(gates, WRITE, k), steps.at(gates, INPUT, k), cell);
            if (k > 0) {
                steps.addProduct(steps.at(gates, FORGET, k), steps.at(cells, k - 1), part, cell);
            }
            tape.function(UnaryFunction.TANH, cell, steps.at(activated, k));
            tape.multiply(steps.at(gates, OUTPUT, k), steps.at(activated, k), steps.at(outputs, k));
        }
        tape.copy(LstmSteps.reordered(outputs), context.output());
    }

    void backward() {
        factors();
        if (steps.context().kind().hasProducts()) {
            factorSlopes();
        }
        deltas();
        gradients();
    }

    /** What the deltas of all steps are multiplied with. */
    private void factors() {
        Tape tape = steps.tape();
        Tensor gates = steps.gates("gates");
        Tensor cells = steps.steps("cells");
        Tensor activated = steps.steps("activated cells");
        Tensor slopes = steps.gates("functions' slopes");
        tape.multiply(gates, gates, slopes);
        Tensor sigmoids = slopes.slice(0, FORGET, GATES);
        tape.subtract(gates.slice(0, FORGET, GATES), sigmoids, sigmoids);
        oneMinus(slopes.select(0, INPUT));
        Tensor cellSlopes = steps.steps("cells' slopes");
        tape.multiply(activated, activated, cellSlopes);
        oneMinus(cellSlopes);

        tape.multiply(gates.select(0, OUTPUT), cellSlopes, steps.steps("cells' factors"));
        Tensor factors = steps.gates("factors");
        tape.multiply(activated, slopes.select(0, OUTPUT), factors.select(0, OUTPUT));
        tape.multiply(gates.select(0, INPUT), slopes.select(0, WRITE), factors.select(0, WRITE));
        tape.multiply(gates.select(0, WRITE), slopes.select(0, INPUT), factors.select(0, INPUT));
        Tensor forget = factors.select(0, FORGET);
        tape.fill(0, steps.at(forget, 0));
        if (steps.time() > 1) {
            tape.multiply(steps.earlier(cells), steps.later(slopes.select(0, FORGET)), steps.later(forget));
        }
    }

    /** The factors' derivatives with respect to their own gate's z: s (1 - 2 y) for a sigmoid y, -2 y s for a tanh. */
    private void factorSlopes() {
        Tape tape = steps.tape();
        Tensor slopes = steps.gates("factors' slopes");
        tape.scale(-2, steps.gates("gates"), slopes);
        Tensor sigmoids = slopes.slice(0, FORGET, GATES);
        tape.shift(sigmoids, 1, sigmoids);
        tape.multiply(slopes, steps.gates("factors"), slopes);
    }

    private void oneMinus(Tensor squares) {
        steps.tape().scale(-1, squares, squares);
        steps.tape().shift(squares, 1, squares);
    }

    private void deltas() {
        Tensor outputDeltas = steps.steps("outputs' deltas");
        steps.tape().copy(LstmSteps.reordered(steps.context().outputDelta()), outputDeltas);
        new LstmRecurrence(steps).adjoints(steps.gates("deltas"), steps.steps("cells' deltas"), outputDeltas, false);
    }

    private void gradients() {
        KernelContext context = steps.context();
        Tape tape = steps.tape();
        Tensor deltas = steps.gates("deltas");
        if (context.active(0)) {
            Tensor inputDeltas = context.scratch(steps.input().shape());
            steps.adjoints(deltas, steps.byGate("W", steps.inputs()), inputDeltas, false);
            tape.copy(LstmSteps.reordered(inputDeltas), context.inputDelta(0));
        }
        Weights input = steps.weights(Lstm.INPUT);
        if (input.trainable()) {
            steps.weightGradient(input.gradientTarget(), steps.input(), deltas, null, null);
        }
        Weights recurrent = steps.weights(Lstm.RECURRENT);
        if (recurrent.trainable()) {
            if (steps.time() > 1) {
                steps.weightGradient(
                        recurrent.gradientTarget(),
                        steps.earlier(steps.steps("outputs")),
                        steps.laterGates(deltas),
                        null,
                        null);
            } else {
                tape.fill(0, recurrent.gradient());
            }
        }
        Weights bias = steps.weights(Lstm.BIAS);
        if (bias.trainable()) {
            steps.biasGradient(bias.gradientTarget(), deltas);
        }
    }
}
