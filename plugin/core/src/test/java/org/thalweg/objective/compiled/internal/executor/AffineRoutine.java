package org.thalweg.objective.compiled.internal.executor;

import java.util.Arrays;
import java.util.List;
import org.thalweg.objective.compiled.spi.HostRoutine;

/** z = r0 x + r1, as a user's own routine. */
public final class AffineRoutine implements HostRoutine {

    @Override
    public String name() {
        return "org.thalweg.test.affine";
    }

    @Override
    public void run(List<double[]> inputs, List<double[]> outputs, double[] reals, long[] integers) {
        double[] x = inputs.get(0);
        Arrays.setAll(outputs.get(0), i -> reals[0] * x[i] + reals[1]);
    }
}
