package org.thalweg.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.BaseDataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of Deeplearning4j's {@code ModelSerializer}: configuration, parameters and the updater's state. Its other
 * contents, such as Java objects, are not read. No entry takes more memory than its compressed size allows for.
 *
 * @param file path of the file
 * @param zip the open file
 */
record ModelFile(Path file, ZipFile zip) implements AutoCloseable {

    /** Deflate's largest ratio: two codes of one bit for 258 bytes. */
    private static final long MOST_COMPRESSED = 1032;

    /** Size of an array's header: two names, two lengths and the shape information of the largest rank. */
    private static final int LONGEST_HEADER = 4096;

    private static final int LARGEST_RANK = 32;

    /**
     * Opens a file.
     *
     * @throws IOException if it is not a zip file
     */
    static ModelFile open(Path file) throws IOException {
        return new ModelFile(file, new ZipFile(file.toFile()));
    }

    boolean has(String entry) {
        return zip.getEntry(entry) != null;
    }

    /** The configuration as JSON; empty if there is none. */
    Optional<String> configuration() throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
        if (entry == null) {
            return Optional.empty();
        }
        requireSize(entry, AllowedClasses.LONGEST_CONFIGURATION);
        byte[] bytes = read(entry, in -> in.readNBytes(AllowedClasses.LONGEST_CONFIGURATION + 1));
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The parameters, {@code [1, n]}; empty for a network without any. */
    Optional<INDArray> parameters() throws IOException {
        return has(ModelSerializer.NO_PARAMS_MARKER) ? Optional.empty() : array(ModelSerializer.COEFFICIENTS_BIN);
    }

    /** The state of the updater; empty if there is none. */
    Optional<INDArray> updaterState() throws IOException {
        return array(ModelSerializer.UPDATER_BIN);
    }

    private Optional<INDArray> array(String name) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.getSize() == 0) {
            return Optional.empty();
        }
        requireSize(entry, Long.MAX_VALUE);
        return Optional.of(read(entry, in -> {
            in.mark(LONGEST_HEADER);
            requireFits(entry, new DataInputStream(in));
            in.reset();
            return Nd4j.read(new DataInputStream(in));
        }));
    }

    /** Reads the content of an entry. */
    @FunctionalInterface
    private interface Content<T> {
        T read(InputStream in) throws IOException;
    }

    /** Reads an entry and verifies its checksum, which {@link ZipFile} does not. */
    private <T> T read(ZipEntry entry, Content<T> content) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in =
                new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), sum), LONGEST_HEADER)) {
            T read = content.read(in);
            in.transferTo(OutputStream.nullOutputStream());
            if (sum.getValue() != entry.getCrc()) {
                throw new ZipException(entry.getName() + " is damaged: its checksum does not match its bytes");
            }
            return read;
        }
    }

    /** Checks the lengths in an array's header against the size of the entry before memory is allocated. */
    private static void requireFits(ZipEntry entry, DataInputStream in) throws IOException {
        long shapeLength = header(entry, in).length();
        if (shapeLength < 0 || shapeLength > 2 * LARGEST_RANK + 4) {
            throw new ZipException(entry.getName() + " declares an array of " + shapeLength + " numbers for its shape");
        }
        in.skipNBytes(shapeLength * Long.BYTES);
        Header values = header(entry, in);
        if (values.length() < 0
                || values.length() > entry.getSize() / values.type().width()) {
            throw new ZipException(entry.getName() + " declares " + values.length() + " values, and has "
                    + entry.getSize() + " bytes");
        }
    }

    /** The header before the values of a buffer. */
    private record Header(long length, DataType type) {}

    private static Header header(ZipEntry entry, DataInputStream in) throws IOException {
        try {
            var header = BaseDataBuffer.readHeader(in);
            return new Header(header.getMiddle(), header.getRight());
        } catch (RuntimeException e) {
            throw new ZipException(entry.getName() + " is not an array of ND4J");
        }
    }

    private void requireSize(ZipEntry entry, long most) throws IOException {
        long size = entry.getSize();
        long compressed = Math.min(entry.getCompressedSize(), Files.size(file));
        if (size < 0 || size > most || size > (compressed + 1) * MOST_COMPRESSED) {
            throw new ZipException(entry.getName() + " declares " + size + " bytes, which " + compressed
                    + " compressed ones cannot be" + (size > most ? " and which are more than " + most : ""));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
