package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.HostRoutine;

/**
 * The places of each row's number: {@code rows -> groups}, with rows {@code [k]} from 0 to i0 - 1 and groups {@code [i0 + 1
 * + k]}. The places of row r, in their order, are the elements {@code groups[r]} to {@code groups[r + 1]} of the last k.
 */
public final class RowGroups implements HostRoutine {

    static final String NAME = "org.thalweg.row-groups";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers) {
        double[] rows = inputs.get(0);
        double[] groups = outputs.get(0);
        int count = Math.toIntExact(integers[0]);
        int[] next = new int[count + 1];
        for (double row : rows) {
            next[(int) row + 1]++;
        }
        for (int row = 0; row < count; row++) {
            next[row + 1] += next[row];
        }
        for (int row = 0; row <= count; row++) {
            groups[row] = next[row];
        }
        for (int k = 0; k < rows.length; k++) {
            groups[count + 1 + next[(int) rows[k]]++] = k;
        }
    }
}
