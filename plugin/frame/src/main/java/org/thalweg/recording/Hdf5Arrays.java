package org.thalweg.recording;

import io.jhdf.api.Dataset;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.frame.NamedArray;

/** Named arrays as datasets: flat and row-major here, nested Java arrays in the HDF5 library. */
final class Hdf5Arrays {

    /** Below this size, chunks cost more than compression saves. */
    private static final long COMPRESSED_FROM_BYTES = 1 << 16;

    /** Large enough for a dataset of few chunks, small enough to unpack in memory. */
    private static final long CHUNK_BYTES = 1 << 20;

    private static final int DEFLATE_LEVEL = 4;

    private Hdf5Arrays() {}

    /** Writes an array without compression: weights and directions do not compress. */
    static WritableDataset put(WritableGroup group, String name, NamedArray array) {
        return group.putDataset(RunFormat.escape(name), nested(array));
    }

    /** Writes an array shuffled and deflated if it is large: images and one-hot labels compress well. */
    static void putCompressed(WritableGroup group, String name, NamedArray array) {
        long[] shape = array.shape();
        long bytes = 8L * Array.getLength(array.values());
        if (shape.length == 0 || bytes < COMPRESSED_FROM_BYTES) {
            put(group, name, array);
            return;
        }
        int[] chunk = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
        chunk[0] = (int) Math.max(1, Math.min(chunk[0], CHUNK_BYTES * chunk[0] / bytes));
        DatasetCreationOptions options = DatasetCreationOptions.builder()
                .chunkDimensions(chunk)
                .shuffle()
                .deflate(DEFLATE_LEVEL)
                .build();
        group.putDataset(RunFormat.escape(name), nested(array), options);
    }

    /** Reads all datasets of a group in its order; names are unescaped and prefixed. */
    static List<NamedArray> read(Group group, String prefix) {
        List<NamedArray> arrays = new ArrayList<>();
        for (Node node : group.getChildren().values()) {
            if (node instanceof Dataset dataset) {
                arrays.add(read(prefix + RunFormat.unescape(dataset.getName()), dataset));
            }
        }
        return arrays;
    }

    private static NamedArray read(String name, Dataset dataset) {
        long[] shape = Arrays.stream(dataset.getDimensions())
                .mapToLong(length -> length)
                .toArray();
        Object data = Hdf5.flatValues(dataset);
        if (data instanceof Float value) {
            return new NamedArray(name, shape, new float[] {value});
        }
        if (data instanceof Number value) {
            return new NamedArray(name, shape, new double[] {value.doubleValue()});
        }
        return new NamedArray(name, shape, dataset.getJavaType().isPrimitive() ? floating(data) : data);
    }

    /** Converts numbers of any type to floating point. */
    private static Object floating(Object values) {
        if (values instanceof float[] || values instanceof double[]) {
            return values;
        }
        double[] doubles = new double[Array.getLength(values)];
        Arrays.setAll(doubles, i -> Array.getDouble(values, i));
        return doubles;
    }

    private static Object nested(NamedArray array) {
        int length = Array.getLength(array.values());
        if (length == 0) {
            throw new IllegalArgumentException("array " + array.name() + " of shape " + Arrays.toString(array.shape())
                    + " has no values: omit it");
        }
        long[] shape = array.shape();
        if (shape.length == 0) {
            return Array.get(array.values(), 0);
        }
        if (shape.length == 1) {
            return array.values();
        }
        int[] dimensions = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
        Object nested = Array.newInstance(array.values().getClass().getComponentType(), dimensions);
        fill((Object[]) nested, array.values(), 0, length);
        return nested;
    }

    private static void fill(Object[] target, Object source, int offset, int length) {
        int step = length / target.length;
        for (int i = 0; i < target.length; i++) {
            if (target[i] instanceof Object[] inner) {
                fill(inner, source, offset + i * step, step);
            } else {
                System.arraycopy(source, offset + i * step, target[i], 0, step);
            }
        }
    }
}
