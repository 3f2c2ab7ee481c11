package org.thalweg.objective.compiled.internal.executor;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;

/** {@link Op#SCATTER_ROWS} on the host, whose sums ND4J's {@code scatter_add} rounds after each row. */
final class ScatterRows implements Routine {

    private final HostBuffer from;
    private final HostBuffer starts;
    private final HostBuffer order;
    private final HostBuffer to;
    private final double[] row;
    private final double[] sum;

    ScatterRows(Instruction instruction, Nd4jExecutor executor) {
        from = HostBuffer.of(executor, instruction.input(0));
        starts = HostBuffer.of(executor, instruction.input(1));
        order = HostBuffer.of(executor, instruction.input(2));
        to = HostBuffer.of(executor, instruction.output(0));
        int width = Math.toIntExact(to.tensor().size(1));
        row = new double[width];
        sum = new double[width];
    }

    @Override
    public void run() {
        from.fetch();
        to.fetch();
        IntBuffer ends = starts.fetch().integers();
        IntBuffer places = order.fetch().integers();
        int k = order.first() + ends.get(starts.first());
        for (int r = 0; r < to.tensor().size(0); r++) {
            Arrays.fill(sum, 0);
            int end = order.first() + ends.get(starts.first() + r + 1);
            for (; k < end; k++) {
                from.readRow(places.get(k) * row.length, row);
                for (int i = 0; i < row.length; i++) {
                    sum[i] += row[i];
                }
            }
            to.writeRow(r * row.length, sum);
        }
        to.changed();
    }
}
