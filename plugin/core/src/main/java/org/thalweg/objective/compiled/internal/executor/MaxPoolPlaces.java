package org.thalweg.objective.compiled.internal.executor;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;

/** {@link Op#MAX_POOL_PLACES} on the host: ND4J's own op for it is wrong on the CPU. */
final class MaxPoolPlaces implements Routine {

    private final HostBuffer images;
    private final HostBuffer places;
    private final Window window;
    private final long[] shape;
    private final long high;
    private final long wide;

    MaxPoolPlaces(Instruction instruction, Nd4jExecutor executor) {
        images = HostBuffer.of(executor, instruction.input(0));
        places = HostBuffer.of(executor, instruction.output(0));
        window = Window.of(instruction.integers());
        shape = instruction.input(0).shape();
        high = instruction.integer(Window.INTEGERS);
        wide = instruction.integer(Window.INTEGERS + 1);
    }

    @Override
    public void run() {
        double[] values = images.values();
        IntBuffer into = places.fetch().integers();
        int next = places.first();
        int length = (int) (shape[1] * shape[2] * shape[3]);
        for (int n = 0; n < shape[0]; n++) {
            double[] image = Arrays.copyOfRange(values, n * length, (n + 1) * length);
            for (long y = 0; y < high; y++) {
                for (long x = 0; x < wide; x++) {
                    for (int c = 0; c < shape[3]; c++) {
                        into.put(next++, n * length + maximum(image, y, x, c));
                    }
                }
            }
        }
        places.changed();
    }

    private int maximum(double[] image, long y, long x, int c) {
        long top = window.firstRow(shape[1]) + y * window.strideY();
        long left = window.firstColumn(shape[2]) + x * window.strideX();
        int best = -1;
        for (int i = 0; i < window.height(); i++) {
            long row = top + (long) i * window.dilationY();
            for (int j = 0; j < window.width(); j++) {
                long column = left + (long) j * window.dilationX();
                if (row < 0 || row >= shape[1] || column < 0 || column >= shape[2]) {
                    continue;
                }
                int at = (int) ((row * shape[2] + column) * shape[3]) + c;
                if (best < 0 || image[at] > image[best]) {
                    best = at;
                }
            }
        }
        return best;
    }
}
