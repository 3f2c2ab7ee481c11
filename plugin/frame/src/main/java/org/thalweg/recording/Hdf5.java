package org.thalweg.recording;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.recording.internal.Hdf5Writer;

/** Opens and closes HDF5 files, names them in errors, and reads attributes by type. */
final class Hdf5 {

    /**
     * In characters: an attribute is an object header message of at most 64 KiB, and a character is up to three bytes.
     */
    private static final int LONGEST_TEXT = 20_000;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** Deflate's largest factor; shuffling does not change sizes. */
    private static final long MOST_COMPRESSED = 1032;

    /** In bytes; frames are smaller, and most weights. */
    private static final long MOST_IN_MEMORY = 64 << 20;

    private Hdf5() {}

    /** Writes a file atomically. */
    static void write(Path file, Consumer<WritableGroup> content) throws IOException {
        AtomicFile.write(
                file,
                part -> Hdf5Writer.write(part, root -> {
                    content.accept(root);
                    putDigests(root);
                }));
    }

    private static void putDigests(Group group) {
        for (Node child : group.getChildren().values()) {
            if (child instanceof Group inner) {
                putDigests(inner);
            } else if (child instanceof WritableDataset dataset) {
                DatasetDigest.put(dataset);
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws RunFormatException if the file is damaged or something else; the message names it
     */
    static <T> T read(Path file, Reader<T> reader) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no " + file);
        }
        try (HdfFile hdf = open(file)) {
            checkLength(file, hdf);
            return reader.read(hdf);
        } catch (RunFormatException e) {
            throw e;
        } catch (RuntimeException | IOException | OutOfMemoryError | StackOverflowError e) {
            if (isSomethingElse(file)) {
                throw new RunFormatException(
                        file + " is not an HDF5 file: give the directory of a run, or a file of 'thalweg analyze'", e);
            }
            throw new RunFormatException(file + " is damaged: " + FileErrors.reason(e), e);
        }
    }

    /** Whether neither the name nor the first bytes are those of HDF5. */
    private static boolean isSomethingElse(Path file) throws IOException {
        if (file.toString().endsWith(".h5")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return !Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
        }
    }

    /**
     * A file in memory, or mapped as a whole, cannot cause allocations for headers that declare a false length; a
     * mapped file takes no memory, however large it is. One buffer holds 2 GiB.
     */
    private static HdfFile open(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes <= MOST_IN_MEMORY) {
            return HdfFile.fromBytes(Files.readAllBytes(file));
        }
        if (bytes > Integer.MAX_VALUE) {
            return new HdfFile(file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
        }
    }

    /** Without this check, a truncated file would seem complete until its end is read. */
    private static void checkLength(Path file, HdfFile hdf) throws RunFormatException {
        long end = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        if (hdf.size() < end) {
            throw new RunFormatException(file + " is damaged: it has " + hdf.size() + " of its " + end + " bytes");
        }
    }

    /** Reads a value from an open file. */
    interface Reader<T> {
        T read(Group root) throws IOException;
    }

    static void putText(WritableGroup group, String name, String text) {
        group.putAttribute(name, text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }

    static String text(Node node, String name) {
        return attribute(node, name, String.class)
                .orElseThrow(() -> new IllegalArgumentException("it has no attribute " + name));
    }

    /** The text attributes with a prefix, without it. */
    static Map<String, String> texts(Group group, String prefix) {
        Map<String, String> values = new TreeMap<>();
        group.getAttributes().forEach((name, attribute) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), value(attribute).toString());
            }
        });
        return values;
    }

    static byte[] bytes(boolean[] flags) {
        byte[] bytes = new byte[flags.length];
        for (int i = 0; i < flags.length; i++) {
            bytes[i] = (byte) (flags[i] ? 1 : 0);
        }
        return bytes;
    }

    static byte[][] bytes(boolean[][] flags) {
        return Arrays.stream(flags).map(Hdf5::bytes).toArray(byte[][]::new);
    }

    /** The flags of a dataset of rows. */
    static boolean[][] flags(Group group, String name) {
        return Arrays.stream((byte[][]) data(group, name)).map(Hdf5::flags).toArray(boolean[][]::new);
    }

    static boolean[] flags(byte[] bytes) {
        boolean[] flags = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            flags[i] = bytes[i] != 0;
        }
        return flags;
    }

    /** Writes one attribute for each value, its name prefixed. */
    static void putDoubles(WritableGroup group, String prefix, Map<String, Double> values) {
        values.forEach((name, value) -> group.putAttribute(prefix + name, value));
    }

    /** The attributes with a prefix, without it. */
    static Map<String, Double> doubles(Group group, String prefix) {
        Map<String, Double> values = new TreeMap<>();
        group.getAttributes().forEach((name, attribute) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), ((Number) value(attribute)).doubleValue());
            }
        });
        return values;
    }

    static Group group(Group parent, String name) {
        return child(parent, name, Group.class)
                .orElseThrow(() -> new IllegalArgumentException("it has no group " + name));
    }

    static Object data(Group parent, String name) {
        return find(parent, name).orElseThrow(() -> new IllegalArgumentException("it has no dataset " + name));
    }

    static Optional<Object> find(Group parent, String name) {
        return findDataset(parent, name).map(Hdf5::values);
    }

    /** The values of a dataset as nested arrays, checked against its digest. */
    static Object values(Dataset dataset) {
        requireSize(dataset);
        Object values = dataset.getData();
        DatasetDigest.check(dataset, values);
        return values;
    }

    /** The values of a dataset as one array, checked against its digest. */
    static Object flatValues(Dataset dataset) {
        requireSize(dataset);
        Object values = dataset.getDataFlat();
        DatasetDigest.check(dataset, values);
        return values;
    }

    /** Checks the sizes that a dataset declares against the size of the file, before memory is allocated. */
    private static void requireSize(Dataset dataset) {
        String name = "dataset " + dataset.getName();
        boolean chunked = dataset.getDataLayout() == DataLayout.CHUNKED;
        long most = dataset.getHdfFile().size() * (chunked ? MOST_COMPRESSED : 1);
        requireSize(name, dataset.getDimensionsAsLong(), dataset.getDataType(), most);
        if (dataset instanceof ChunkedDataset chunks) {
            long[] chunk = Arrays.stream(chunks.getChunkDimensions())
                    .mapToLong(length -> length)
                    .toArray();
            requireSize("a chunk of " + name, chunk, dataset.getDataType(), most);
        }
    }

    private static void requireSize(String name, long[] shape, DataType type, long most) {
        // Arrays without values, and values without bytes, also take memory.
        long bytes = Math.max(1, type.getSize());
        for (long length : shape) {
            if (length < 0 || bytes > most / Math.max(1, length)) {
                throw new IllegalArgumentException(name + " declares the shape " + Arrays.toString(shape)
                        + " of values of " + type.getSize() + " bytes, and the file can hold " + most);
            }
            bytes *= Math.max(1, length);
        }
    }

    /**
     * The value of an attribute. If the size in bytes overflows, the library still reads as many values as the shape
     * declares.
     */
    static Object value(Attribute attribute) {
        requireSize(
                "attribute " + attribute.getName(),
                attribute.getDimensionsAsLong(),
                attribute.getDataType(),
                attribute.getNode().getHdfFile().size());
        return attribute.getData();
    }

    static Optional<Dataset> findDataset(Group parent, String name) {
        return child(parent, name, Dataset.class);
    }

    static Optional<Group> findGroup(Group parent, String name) {
        return child(parent, name, Group.class);
    }

    static Number number(Node node, String name) {
        return attribute(node, name, Number.class)
                .orElseThrow(() -> new IllegalArgumentException("it has no attribute " + name));
    }

    static <T> Optional<T> attribute(Node node, String name, Class<T> type) {
        @Nullable Attribute attribute = node.getAttribute(name);
        return Optional.ofNullable(attribute).map(Hdf5::value).map(cast(type));
    }

    private static <T> Optional<T> child(Group parent, String name, Class<T> type) {
        @Nullable Node node = parent.getChild(name);
        return Optional.ofNullable(node).map(cast(type));
    }

    private static <T> Function<Object, T> cast(Class<T> type) {
        return type::cast;
    }
}
