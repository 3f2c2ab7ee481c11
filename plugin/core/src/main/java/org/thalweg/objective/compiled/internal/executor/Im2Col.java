package org.thalweg.objective.compiled.internal.executor;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * {@link Op#UNROLL_WINDOWS} on the host: ND4J's op is several times slower than copying runs of bytes, and supports
 * only channels first.
 */
final class Im2Col implements Routine {

    private final HostBuffer images;
    private final HostBuffer rows;
    private final Window window;
    private final long[] image;
    private final long high;
    private final long wide;
    private final int bytes;

    Im2Col(Instruction instruction, Nd4jExecutor executor) {
        images = HostBuffer.of(executor, instruction.input(0));
        rows = HostBuffer.of(executor, instruction.output(0));
        window = Window.of(instruction.integers());
        image = instruction.input(0).shape();
        high = instruction.integer(Window.INTEGERS);
        wide = instruction.integer(Window.INTEGERS + 1);
        bytes = images.tensor().type().bytes();
    }

    @Override
    public void run() {
        ByteBuffer from = images.fetch().bytes();
        ByteBuffer to = rows.fetch().bytes();
        IntStream.range(0, (int) image[0]).parallel().forEach(example -> unroll(from, example, to));
        rows.changed();
    }

    private void unroll(ByteBuffer from, int example, ByteBuffer to) {
        Tensor matrix = rows.tensor();
        int run = Math.toIntExact(window.width() * image[3] * bytes);
        for (long y = 0; y < high; y++) {
            for (long x = 0; x < wide; x++) {
                long row = (example * high + y) * wide + x;
                int next = Math.toIntExact((matrix.offset() + row * matrix.stride(0)) * bytes);
                long left = window.firstColumn(image[2]) + x * window.strideX();
                for (int i = 0; i < window.height(); i++) {
                    long top = window.firstRow(image[1]) + y * window.strideY() + i;
                    copyRun(from, example, top, left, to, next);
                    next += run;
                }
            }
        }
    }

    /** Copies one row of a window, with zeros where it lies outside the image. */
    private void copyRun(ByteBuffer from, int example, long row, long left, ByteBuffer to, int target) {
        int pixel = Math.toIntExact(image[3] * bytes);
        long begin = Math.max(left, 0);
        long end = row < 0 || row >= image[1] ? begin : Math.min(left + window.width(), image[2]);
        int before = (int) (begin - left) * pixel;
        int inside = (int) Math.max(0, end - begin) * pixel;
        zero(to, target, before);
        if (inside > 0) {
            long first = images.tensor().offset() + ((example * image[1] + row) * image[2] + begin) * image[3];
            to.put(target + before, from, Math.toIntExact(first * bytes), inside);
        }
        zero(to, target + before + inside, window.width() * pixel - before - inside);
    }

    private static void zero(ByteBuffer to, int target, int bytes) {
        for (int i = 0; i < bytes; i += Integer.BYTES) {
            to.putInt(target + i, 0);
        }
    }
}
