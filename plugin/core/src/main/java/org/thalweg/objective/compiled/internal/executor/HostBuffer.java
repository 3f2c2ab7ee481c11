package org.thalweg.objective.compiled.internal.executor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.internal.HostMemory;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A tensor whose memory the host reads or writes itself.
 *
 * @param whole the memory of its buffer
 * @param tensor the tensor
 */
record HostBuffer(INDArray whole, Tensor tensor) {

    static HostBuffer of(Nd4jExecutor executor, Tensor tensor) {
        return new HostBuffer(executor.whole(tensor.buffer()), tensor);
    }

    /** Call this before the host reads or writes. */
    HostBuffer fetch() {
        HostMemory.fetch(whole);
        return this;
    }

    /** Call this after the host has written. */
    void changed() {
        HostMemory.changed(whole);
    }

    /** Index of the first element in memory. */
    int first() {
        return Math.toIntExact(tensor.offset());
    }

    ByteBuffer bytes() {
        return whole.data().asNio();
    }

    FloatBuffer floats() {
        return whole.data().asNioFloat();
    }

    DoubleBuffer doubles() {
        return whole.data().asNioDouble();
    }

    /** Those of the tensor's type, FLOAT or DOUBLE. */
    Buffer reals() {
        return tensor.type() == ElementType.FLOAT ? floats() : doubles();
    }

    IntBuffer integers() {
        return whole.data().asNioInt();
    }

    /** Copies the elements of a dense tensor. */
    void read(double[] into) {
        fetch();
        int first = first();
        if (tensor.type() == ElementType.FLOAT) {
            FloatBuffer buffer = floats();
            for (int i = 0; i < into.length; i++) {
                into[i] = buffer.get(first + i);
            }
        } else if (tensor.type() == ElementType.DOUBLE) {
            doubles().get(first, into);
        } else {
            IntBuffer buffer = integers();
            for (int i = 0; i < into.length; i++) {
                into[i] = buffer.get(first + i);
            }
        }
    }

    /** Copies consecutive elements of a dense tensor, starting at an index; after {@link #fetch}. */
    void readRow(int from, double[] into) {
        int first = first() + from;
        if (tensor.type() == ElementType.DOUBLE) {
            doubles().get(first, into);
            return;
        }
        FloatBuffer buffer = floats();
        for (int i = 0; i < into.length; i++) {
            into[i] = buffer.get(first + i);
        }
    }

    /** Writes consecutive elements of a dense tensor, starting at an index; after {@link #fetch}. */
    void writeRow(int to, double[] from) {
        int first = first() + to;
        if (tensor.type() == ElementType.DOUBLE) {
            doubles().put(first, from);
            return;
        }
        FloatBuffer buffer = floats();
        for (int i = 0; i < from.length; i++) {
            buffer.put(first + i, (float) from[i]);
        }
    }

    /** Writes scaled numbers to the elements of a dense tensor. */
    void write(double[] from, double scale) {
        fetch();
        int first = first();
        if (tensor.type() == ElementType.FLOAT) {
            FloatBuffer buffer = floats();
            for (int i = 0; i < from.length; i++) {
                buffer.put(first + i, (float) (scale * from[i]));
            }
        } else if (tensor.type() == ElementType.INT) {
            IntBuffer buffer = integers();
            for (int i = 0; i < from.length; i++) {
                buffer.put(first + i, (int) (scale * from[i]));
            }
        } else {
            DoubleBuffer buffer = doubles();
            for (int i = 0; i < from.length; i++) {
                buffer.put(first + i, scale * from[i]);
            }
        }
        changed();
    }

    /** The elements in row-major order, whatever their strides. */
    double[] values() {
        double[] values = new double[Math.toIntExact(tensor.length())];
        if (tensor.contiguous()) {
            read(values);
        } else {
            fetch();
            long[] index = new long[tensor.rank()];
            for (int i = 0; i < values.length; i++) {
                values[i] = whole.data().getDouble(next(index));
            }
        }
        return values;
    }

    /** Writes the elements in row-major order, whatever their strides. */
    void put(double[] values) {
        if (tensor.contiguous()) {
            write(values, 1);
            return;
        }
        fetch();
        long[] index = new long[tensor.rank()];
        for (double value : values) {
            whole.data().put(next(index), value);
        }
        changed();
    }

    /** The position of the element at an index, and advances the index. */
    private long next(long[] index) {
        long place = tensor.offset();
        for (int axis = 0; axis < index.length; axis++) {
            place += index[axis] * tensor.stride(axis);
        }
        for (int axis = index.length - 1; axis >= 0 && ++index[axis] == tensor.size(axis); axis--) {
            index[axis] = 0;
        }
        return place;
    }
}
