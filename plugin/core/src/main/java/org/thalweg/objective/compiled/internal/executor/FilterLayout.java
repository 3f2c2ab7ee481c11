package org.thalweg.objective.compiled.internal.executor;

import java.nio.ByteBuffer;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Where the weights of a convolution lie: element (tap, in, out) at
 * {@code first + tap * tapStep + in * inStep + out * outStep}. They are rearranged on the host, because ND4J's
 * assignment of a transposed array takes several times as long.
 */
record FilterLayout(int first, int tapStep, int inStep, int outStep) {

    /** {@link Op#TURN_FILTERS}, {@link Op#FILTERS_OF_OUTPUT_ROWS} or {@link Op#FILTERS_OF_TURNED_INPUT_ROWS}. */
    static Routine bind(Instruction instruction, Nd4jExecutor executor) {
        HostBuffer source = HostBuffer.of(executor, instruction.input(0));
        HostBuffer target = HostBuffer.of(executor, instruction.output(0));
        boolean turns = instruction.op() == Op.TURN_FILTERS;
        Sizes sizes = Sizes.of(turns ? instruction.input(0) : instruction.output(0));
        FilterLayout from = switch (instruction.op()) {
            case FILTERS_OF_OUTPUT_ROWS -> new FilterLayout(0, sizes.in, 1, sizes.taps * sizes.in);
            case FILTERS_OF_TURNED_INPUT_ROWS ->
                new FilterLayout((sizes.taps - 1) * sizes.out, -sizes.out, sizes.taps * sizes.out, 1);
            default -> sizes.rowMajor();
        };
        FilterLayout to = turns
                ? new FilterLayout((sizes.taps - 1) * sizes.in * sizes.out, -sizes.in * sizes.out, 1, sizes.in)
                : sizes.rowMajor();
        return () -> copy(sizes, source, from, target, to);
    }

    private record Sizes(int taps, int in, int out) {

        static Sizes of(Tensor filters) {
            int taps = Math.toIntExact(filters.size(0) * filters.size(1));
            return new Sizes(taps, (int) filters.size(2), (int) filters.size(3));
        }

        FilterLayout rowMajor() {
            return new FilterLayout(0, in * out, out, 1);
        }
    }

    private static void copy(Sizes sizes, HostBuffer source, FilterLayout from, HostBuffer target, FilterLayout to) {
        boolean wide = source.tensor().type() == ElementType.DOUBLE;
        ByteBuffer read = source.fetch().bytes();
        ByteBuffer written = target.fetch().bytes();
        for (int tap = 0; tap < sizes.taps; tap++) {
            for (int in = 0; in < sizes.in; in++) {
                int next = source.first() + from.first + tap * from.tapStep + in * from.inStep;
                int place = target.first() + to.first + tap * to.tapStep + in * to.inStep;
                for (int out = 0; out < sizes.out; out++) {
                    if (wide) {
                        written.putLong(place * Long.BYTES, read.getLong(next * Long.BYTES));
                    } else {
                        written.putInt(place * Integer.BYTES, read.getInt(next * Integer.BYTES));
                    }
                    next += from.outStep;
                    place += to.outStep;
                }
            }
        }
        target.changed();
    }
}
