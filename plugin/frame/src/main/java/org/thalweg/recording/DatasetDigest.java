package org.thalweg.recording;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.WritableDataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The attribute {@code crc32} of a dataset: CRC-32, as zlib computes it, of the values as the file has them
 * uncompressed, row-major and little-endian; of text in UTF-8. HDF5 protects headers and attributes by checksums, but
 * not values. {@code zlib.crc32(dataset[()].tobytes())} is the same number in Python.
 */
final class DatasetDigest {

    /** Name of the attribute. */
    static final String NAME = "crc32";

    private static final int BUFFER_BYTES = 1 << 16;

    private final CRC32 crc = new CRC32();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private DatasetDigest() {}

    /** Adds the attribute. */
    static void put(WritableDataset dataset) {
        dataset.putAttribute(NAME, of(dataset.getData()));
    }

    /**
     * Checks values that were read against the attribute. Files of other programs and of Thalweg 0.1 have none.
     *
     * @throws IllegalArgumentException if they differ, naming the dataset
     */
    static void check(Dataset dataset, Object values) {
        @Nullable Attribute expected = dataset.getAttribute(NAME);
        if (expected != null && ((Number) Hdf5.value(expected)).longValue() != of(values)) {
            throw new IllegalArgumentException(
                    "the values of dataset " + dataset.getName() + " are not those that were written");
        }
    }

    static long of(Object values) {
        DatasetDigest digest = new DatasetDigest();
        digest.add(values);
        digest.flush();
        return digest.crc.getValue();
    }

    private void add(Object values) {
        if (values instanceof Object[] rows) {
            for (Object row : rows) {
                add(row);
            }
        } else if (values instanceof double[] doubles) {
            for (double value : doubles) {
                room(Double.BYTES).putDouble(value);
            }
        } else if (values instanceof float[] floats) {
            for (float value : floats) {
                room(Float.BYTES).putFloat(value);
            }
        } else if (values instanceof long[] longs) {
            for (long value : longs) {
                room(Long.BYTES).putLong(value);
            }
        } else if (values instanceof int[] ints) {
            for (int value : ints) {
                room(Integer.BYTES).putInt(value);
            }
        } else {
            addOther(values);
        }
    }

    private void addOther(Object values) {
        if (values instanceof byte[] bytes) {
            flush();
            crc.update(bytes);
        } else if (values instanceof String text) {
            add(text.getBytes(StandardCharsets.UTF_8));
        } else if (values instanceof Double value) {
            room(Double.BYTES).putDouble(value);
        } else if (values instanceof Float value) {
            room(Float.BYTES).putFloat(value);
        } else if (values instanceof Long value) {
            room(Long.BYTES).putLong(value);
        } else if (values instanceof Integer value) {
            room(Integer.BYTES).putInt(value);
        } else if (values instanceof Byte value) {
            room(Byte.BYTES).put(value);
        } else {
            throw new IllegalArgumentException(
                    "no digest of values of type " + values.getClass().getSimpleName());
        }
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        crc.update(buffer.flip());
        buffer.clear();
    }
}
