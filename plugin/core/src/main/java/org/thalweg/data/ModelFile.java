package org.thalweg.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
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
 * @param zip the open file
 */
record ModelFile(CheckedZip zip) implements AutoCloseable {

    private static final int LARGEST_RANK = 32;

    /**
     * Opens a file.
     *
     * @throws IOException if it is not a zip file
     */
    static ModelFile open(Path file) throws IOException {
        return new ModelFile(CheckedZip.open(file));
    }

    boolean has(String entry) {
        return zip.has(entry);
    }

    /** The configuration as JSON; empty if there is none. */
    Optional<String> configuration() throws IOException {
        @Nullable ZipEntry entry = zip.zip().getEntry(ModelSerializer.CONFIGURATION_JSON);
        if (entry == null) {
            return Optional.empty();
        }
        zip.requireSize(entry, AllowedClasses.LONGEST_CONFIGURATION);
        byte[] bytes = zip.read(entry, in -> in.readNBytes(AllowedClasses.LONGEST_CONFIGURATION + 1));
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The counts in the configuration.
     *
     * @throws IOException if it has no configuration
     */
    Counts counts() throws IOException {
        String json = configuration().orElseThrow(() -> new ZipException("it has no network"));
        try {
            JsonObject configuration = JsonParser.parseString(json).getAsJsonObject();
            return new Counts(count(configuration, "iterationCount"), count(configuration, "epochCount"));
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new ZipException("its configuration is not JSON with counts: " + e.getMessage());
        }
    }

    private static int count(JsonObject configuration, String name) {
        return configuration.has(name) ? configuration.get(name).getAsInt() : 0;
    }

    /** Completed parameter updates and epochs. */
    record Counts(int iterations, int epochs) {}

    /** The parameters, {@code [1, n]}; empty for a network without any. */
    Optional<INDArray> parameters() throws IOException {
        return has(ModelSerializer.NO_PARAMS_MARKER) ? Optional.empty() : array(ModelSerializer.COEFFICIENTS_BIN);
    }

    /** The state of the updater; empty if there is none. */
    Optional<INDArray> updaterState() throws IOException {
        return array(ModelSerializer.UPDATER_BIN);
    }

    private Optional<INDArray> array(String name) throws IOException {
        @Nullable ZipEntry entry = zip.zip().getEntry(name);
        if (entry == null || entry.getSize() == 0) {
            return Optional.empty();
        }
        zip.requireSize(entry, Long.MAX_VALUE);
        return Optional.of(zip.read(entry, in -> {
            // More than a header needs: two names, two lengths and the shape information of the largest rank.
            in.mark(CheckedZip.LOOKAHEAD);
            requireFits(entry, new DataInputStream(in));
            in.reset();
            return Nd4j.read(new DataInputStream(in));
        }));
    }

    /** Checks the lengths in an array's header against the size of the entry before memory is allocated. */
    private static void requireFits(ZipEntry entry, DataInputStream in) throws IOException {
        Header shape = header(entry, in);
        long shapeLength = shape.length();
        if (shapeLength < 0 || shapeLength > 2 * LARGEST_RANK + 4) {
            throw new ZipException(entry.getName() + " declares an array of " + shapeLength + " numbers for its shape");
        }
        // ND4J 0.9 wrote shapes as int.
        in.skipNBytes(shapeLength * shape.type().width());
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

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
