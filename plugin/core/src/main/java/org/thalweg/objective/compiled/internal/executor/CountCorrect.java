package org.thalweg.objective.compiled.internal.executor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;

/** {@link Op#COUNT_CORRECT} on the host. */
final class CountCorrect implements Routine {

    private final HostBuffer outputs;
    private final HostBuffer labels;
    private final @Nullable HostBuffer mask;
    private final HostBuffer sum;
    private final boolean entries;
    private final double threshold;
    private final int size;
    private final double[] values;
    private final double[] expected;
    private final double[] counted;

    CountCorrect(Instruction instruction, Nd4jExecutor executor) {
        outputs = HostBuffer.of(executor, instruction.input(0));
        labels = HostBuffer.of(executor, instruction.input(1));
        mask = instruction.inputs().size() > 2 ? HostBuffer.of(executor, instruction.input(2)) : null;
        sum = HostBuffer.of(executor, instruction.output(0));
        entries = instruction.integer(0) == 1;
        threshold = instruction.real(0);
        size = (int) instruction.input(0).size(instruction.input(0).rank() - 1);
        values = new double[Math.toIntExact(instruction.input(0).length())];
        expected = new double[values.length];
        counted = new double[values.length];
        Arrays.fill(counted, 1);
    }

    @Override
    public void run() {
        outputs.read(values);
        labels.read(expected);
        if (mask != null) {
            mask.read(counted);
        }
        sum.write(new double[] {entries ? entries() : rows()}, 1);
    }

    private double entries() {
        double correct = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > threshold == expected[i] > 0.5) {
                correct += counted[i];
            }
        }
        return correct;
    }

    private double rows() {
        double correct = 0;
        for (int row = 0; row < values.length; row += size) {
            if (largest(values, row) == largest(expected, row)) {
                correct += counted(row);
            }
        }
        return correct;
    }

    /** An example counts if any of its entries does. */
    private double counted(int row) {
        double most = 0;
        for (int i = row; i < row + size; i++) {
            most = Math.max(most, counted[i]);
        }
        return most;
    }

    private int largest(double[] numbers, int from) {
        int largest = 0;
        for (int i = 1; i < size; i++) {
            if (numbers[from + i] > numbers[from + largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
