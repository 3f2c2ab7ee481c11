package org.thalweg.objective.compiled.spi;

import java.util.Arrays;
import java.util.List;

/**
 * A named op with its operands: one entry of a {@link Tape}. {@link Op} describes the operands of each op.
 *
 * @param op the op
 * @param host name of the routine of {@link Op#HOST}, otherwise empty
 * @param inputs read
 * @param outputs written
 * @param reals numbers
 * @param integers whole numbers, and 0 or 1 for choices
 * @since 0.2.0
 */
public record Instruction(
        Op op, String host, List<Tensor> inputs, List<Tensor> outputs, double[] reals, long[] integers) {

    public Instruction {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        reals = reals.clone();
        integers = integers.clone();
    }

    @Override
    public double[] reals() {
        return reals.clone();
    }

    @Override
    public long[] integers() {
        return integers.clone();
    }

    public Tensor input(int i) {
        return inputs.get(i);
    }

    public Tensor output(int i) {
        return outputs.get(i);
    }

    public double real(int i) {
        return reals[i];
    }

    public long integer(int i) {
        return integers[i];
    }

    @Override
    public String toString() {
        return (op == Op.HOST ? host : op) + " " + inputs + Arrays.toString(reals) + Arrays.toString(integers) + " -> "
                + outputs;
    }
}
