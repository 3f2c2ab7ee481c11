package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.HostRoutine;

/**
 * The adjoint of {@link org.thalweg.objective.compiled.spi.Op#GATHER_ROWS}: {@code x, rows -> z}: adds row k of x to
 * row {@code rows[k]} of z, which starts as zero.
 */
public final class ScatterRows implements HostRoutine {

    static final String NAME = "org.thalweg.scatter-rows";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers) {
        double[] x = inputs.get(0);
        double[] rows = inputs.get(1);
        double[] z = outputs.get(0);
        int size = x.length / rows.length;
        Arrays.fill(z, 0);
        for (int k = 0; k < rows.length; k++) {
            int to = ((int) rows[k]) * size;
            for (int i = 0; i < size; i++) {
                z[to + i] += x[k * size + i];
            }
        }
    }
}
