package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.HostRoutine;

/**
 * {@code mask -> order}: for each row of a mask {@code [n, time]}, the matrix {@code [time, time]} that reverses its
 * steps; if i1 is 1, only the unmasked ones. i0 is time.
 */
public final class ReversedOrder implements HostRoutine {

    static final String NAME = "org.thalweg.reversed-order";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers) {
        double[] mask = inputs.get(0);
        double[] order = outputs.get(0);
        int time = (int) integers[0];
        Arrays.fill(order, 0);
        for (int row = 0; row < mask.length; row += time) {
            int to = time - 1;
            for (int from = 0; from < time; from++) {
                if (integers[1] == 1 && mask[row + from] == 0) {
                    continue;
                }
                while (integers[1] == 1 && mask[row + to] == 0) {
                    to--;
                }
                order[(row + to) * time + from] = 1;
                to--;
            }
        }
    }
}
