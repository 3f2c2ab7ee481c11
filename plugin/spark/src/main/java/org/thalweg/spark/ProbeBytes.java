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
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Probe;

/** A probe as bytes, in ND4J's own format of arrays. */
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
                Nd4j.write(array.dup('c'), out);
            }
        }
    }

    private static @Nullable INDArray[] read(DataInputStream in) throws IOException {
        @Nullable INDArray[] arrays = new @Nullable INDArray[in.readInt()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = in.readBoolean() ? Nd4j.read(in) : null;
        }
        return arrays;
    }
}
