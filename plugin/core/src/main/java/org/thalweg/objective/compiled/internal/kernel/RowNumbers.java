package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.HostRoutine;

/** Row indices as integers: {@code x -> rows}, of equal length; i0 is the number of rows. */
public final class RowNumbers implements HostRoutine {

    static final String NAME = "org.thalweg.row-numbers";

    @Override
    public String name() {
        return NAME;
    }

    /** @throws IllegalArgumentException for a number that is not a row index */
    @Override
    public void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers) {
        double[] numbers = inputs.get(0);
        for (int i = 0; i < numbers.length; i++) {
            double number = numbers[i];
            if (number != Math.rint(number) || number < 0 || number >= integers[0]) {
                throw new IllegalArgumentException("an embedding of " + integers[0]
                        + " words needs their numbers, whole ones from 0 to " + (integers[0] - 1) + ", got " + number);
            }
            outputs.get(0)[i] = number;
        }
    }
}
