package org.thalweg.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.thalweg.objective.Probe;

/**
 * A probe as bytes: shapes, and elements in the form of {@link ArrayBytes}. ND4J's own format is slow, as it writes
 * number by number.
 */
final class ProbeBytes {

    private ProbeBytes() {}

    static byte[] of(Probe probe) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(probe.first());
            write(probe.features(), out);
            write(probe.labels(), out);
            write(probe.featuresMasks(), out);
            write(probe.labelsMasks(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Probe read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int first = in.readInt();
            return Probe.of(new MultiDataSet(read(in), read(in), read(in), read(in)))
                    .startingAt(first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(List<? extends @Nullable INDArray> arrays, DataOutputStream out) throws IOException {
        out.writeInt(arrays.size());
        for (INDArray array : arrays) {
            out.writeBoolean(array != null);
            if (array != null) {
                write(array, out);
            }
        }
    }

    private static void write(INDArray array, DataOutputStream out) throws IOException {
        out.writeInt(array.rank());
        for (long size : array.shape()) {
            out.writeLong(size);
        }
        byte[] elements = ArrayBytes.bytes(array);
        out.writeInt(elements.length);
        out.write(elements);
    }

    private static @Nullable INDArray[] read(DataInputStream in) throws IOException {
        @Nullable INDArray[] arrays = new @Nullable INDArray[in.readInt()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = in.readBoolean() ? readArray(in) : null;
        }
        return arrays;
    }

    private static INDArray readArray(DataInputStream in) throws IOException {
        long[] shape = new long[in.readInt()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.readLong();
        }
        return ArrayBytes.array(in.readNBytes(in.readInt()), shape);
    }
}
