package org.thalweg.objective.compiled.internal.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.thalweg.objective.compiled.spi.GradientTarget;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tensor;

/** The adjoint of broadcasting: a sum over the axes that have size 1 in the result or are missing there. */
final class BroadcastSum {

    private BroadcastSum() {}

    static void record(KernelContext context, Tensor values, GradientTarget target) {
        Tensor result = target.tensor();
        int missing = values.rank() - result.rank();
        int[] axes = IntStream.range(0, values.rank())
                .filter(axis -> axis < missing || result.size(axis - missing) < values.size(axis))
                .toArray();
        if (axes.length == 0) {
            target.put(context.tape(), values);
            return;
        }
        Tensor sum = target.add() ? context.scratch(result.shape()) : result;
        if (axes[axes.length - 1] == axes.length - 1) {
            long rows = Arrays.stream(axes).mapToLong(values::size).reduce(1, (a, b) -> a * b);
            context.sumRows(values.reshape(rows, values.length() / rows), sum.reshape(sum.length()));
        } else {
            long[] kept = IntStream.range(0, values.rank())
                    .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
                    .mapToLong(values::size)
                    .toArray();
            context.tape().sum(values, sum.reshape(kept), axes);
        }
        if (target.add()) {
            target.put(context.tape(), sum);
        }
    }
}
