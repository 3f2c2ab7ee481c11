package org.thalweg.objective.compiled.internal.kernel;

import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.FORGET;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.GATES;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.INPUT;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.OUTPUT;
import static org.thalweg.objective.compiled.internal.kernel.LstmSteps.WRITE;

import java.util.List;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * What has to be computed step after step: each by an op for layers of a few units, or by ops for each step.
 *
 * @param steps the tensors
 */
record LstmRecurrence(LstmSteps steps) {

    /**
     * The derivatives of gates, cells and outputs along a direction.
     *
     * @param gates what does not come from the step before; the rest is added
     */
    void tangents(Tensor gates, Tensor cells, Tensor outputs) {
        if (steps.areNarrow()) {
            steps.tape().lstmTangentSteps(coefficients(), List.of(gates, cells, outputs), steps.backwards());
            return;
        }
        Tape tape = steps.tape();
        Tensor recurrent = steps.byGate("RW", steps.size());
        Tensor values = steps.gates("gates");
        Tensor factors = steps.gates("factors");
        Tensor cellFactors = steps.steps("cells' factors");
        Tensor part = steps.scratch();
        for (int k = 0; k < steps.time(); k++) {
            if (k > 0) {
                addRecurrent(outputs, recurrent, gates, k);
            }
            Tensor cell = steps.at(cells, k);
            tape.multiply(steps.at(gates, INPUT, k), steps.at(factors, INPUT, k), cell);
            steps.addProduct(steps.at(gates, WRITE, k), steps.at(factors, WRITE, k), part, cell);
            if (k > 0) {
                steps.addProduct(steps.at(gates, FORGET, k), steps.at(factors, FORGET, k), part, cell);
                steps.addProduct(steps.at(cells, k - 1), steps.at(values, FORGET, k), part, cell);
            }
            Tensor output = steps.at(outputs, k);
            tape.multiply(steps.at(gates, OUTPUT, k), steps.at(factors, OUTPUT, k), output);
            steps.addProduct(cell, steps.at(cellFactors, k), part, output);
        }
    }

    /**
     * The adjoint of {@link #tangents}.
     *
     * @param add whether gates and cells have something that counts, as outputs always do
     */
    void adjoints(Tensor gates, Tensor cells, Tensor outputs, boolean add) {
        if (steps.areNarrow()) {
            steps.tape().lstmAdjointSteps(coefficients(), List.of(gates, cells, outputs), steps.backwards(), add);
            return;
        }
        Tensor recurrent = steps.byGate("RW", steps.size());
        Tensor values = steps.gates("gates");
        Tensor factors = steps.gates("factors");
        Tensor cellFactors = steps.steps("cells' factors");
        Tensor part = steps.scratch();
        for (int k = steps.time() - 1; k >= 0; k--) {
            boolean last = k == steps.time() - 1;
            Tensor output = steps.at(outputs, k);
            Tensor cell = steps.at(cells, k);
            if (!last) {
                addRecurrentAdjoint(gates, recurrent, output, k);
            }
            putProduct(output, steps.at(cellFactors, k), part, cell, add);
            if (!last) {
                steps.addProduct(steps.at(cells, k + 1), steps.at(values, FORGET, k + 1), part, cell);
            }
            for (int gate = 0; gate < GATES; gate++) {
                Tensor delta = gate == OUTPUT ? output : cell;
                putProduct(delta, steps.at(factors, gate, k), part, steps.at(gates, gate, k), add);
            }
        }
    }

    /** The inputs of {@link Op#LSTM_TANGENT_STEPS}. */
    private List<Tensor> coefficients() {
        return List.of(
                steps.weights(Lstm.RECURRENT).value(),
                steps.gates("gates").select(0, FORGET),
                steps.gates("factors"),
                steps.steps("cells' factors"));
    }

    private void putProduct(Tensor x, Tensor y, Tensor part, Tensor z, boolean add) {
        if (add) {
            steps.addProduct(x, y, part, z);
        } else {
            steps.tape().multiply(x, y, z);
        }
    }

    /** The outputs of the step before the k-th, times the weights of each gate, are added to its gates. */
    void addRecurrent(Tensor outputs, Tensor weights, Tensor gates, int k) {
        for (int gate = 0; gate < GATES; gate++) {
            steps.tape()
                    .matmul(
                            steps.at(outputs, k - 1),
                            false,
                            weights.select(0, gate),
                            false,
                            steps.at(gates, gate, k),
                            true);
        }
    }

    /** What the gates of the step after the k-th hand back is added to the delta of its output. */
    void addRecurrentAdjoint(Tensor deltas, Tensor weights, Tensor output, int k) {
        for (int gate = 0; gate < GATES; gate++) {
            steps.tape().matmul(steps.at(deltas, gate, k + 1), false, weights.select(0, gate), true, output, true);
        }
    }
}
