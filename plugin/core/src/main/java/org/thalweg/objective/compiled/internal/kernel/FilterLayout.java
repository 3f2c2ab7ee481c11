package org.thalweg.objective.compiled.internal.kernel;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.internal.HostMemory;

/**
 * Where the weights of a convolution lie: element (tap, in, out) at {@code first + tap * tapStep + in * inStep + out *
 * outStep}. Rearranged on the host, since ND4J's assignment of a transposed array takes several times as long.
 */
public record FilterLayout(int first, int tapStep, int inStep, int outStep) {

    /** Turns each tap around and exchanges input and output channels: [i, j, in, out] to [-i, -j, out, in]. */
    public static void turn(INDArray weight, INDArray turned) {
        Sizes sizes = Sizes.of(weight);
        FilterLayout to = new FilterLayout((sizes.taps - 1) * sizes.in * sizes.out, -sizes.in * sizes.out, 1, sizes.in);
        copy(sizes, weight, sizes.rowMajor(), turned, to);
    }

    /** Copies weights from an array {@code [out, taps * in]}. */
    public static void fromOutputRows(INDArray rows, INDArray weight) {
        Sizes sizes = Sizes.of(weight);
        copy(sizes, rows, new FilterLayout(0, sizes.in, 1, sizes.taps * sizes.in), weight, sizes.rowMajor());
    }

    /** Copies weights from an array {@code [in, taps * out]} whose taps are turned around. */
    public static void fromTurnedInputRows(INDArray rows, INDArray weight) {
        Sizes sizes = Sizes.of(weight);
        FilterLayout from = new FilterLayout((sizes.taps - 1) * sizes.out, -sizes.out, sizes.taps * sizes.out, 1);
        copy(sizes, rows, from, weight, sizes.rowMajor());
    }

    private record Sizes(int taps, int in, int out) {

        static Sizes of(INDArray weight) {
            int taps = Math.toIntExact(weight.size(0) * weight.size(1));
            return new Sizes(taps, (int) weight.size(2), (int) weight.size(3));
        }

        FilterLayout rowMajor() {
            return new FilterLayout(0, in * out, out, 1);
        }
    }

    private static void copy(Sizes sizes, INDArray source, FilterLayout from, INDArray target, FilterLayout to) {
        boolean wide = source.dataType().width() == Long.BYTES;
        HostMemory.fetch(source, target);
        ByteBuffer read = source.data().asNio();
        ByteBuffer written = target.data().asNio();
        for (int tap = 0; tap < sizes.taps; tap++) {
            for (int in = 0; in < sizes.in; in++) {
                int next = (int) source.offset() + from.first + tap * from.tapStep + in * from.inStep;
                int place = (int) target.offset() + to.first + tap * to.tapStep + in * to.inStep;
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
        HostMemory.changed(target);
    }
}
