package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.output.CountingOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What a model from a stranger cannot do. */
class ModelFileTest {

    private static final String INITIALIZED = "thalweg.gadget.initialized";

    private static final String GADGET = "org.thalweg.data.ModelFileTest$Unwanted";

    private final long seed = Seeds.fresh("ModelFileTest");

    /** Named by a file and by nothing else, so that it is not initialized unless the file is obeyed. */
    @SuppressWarnings("unused")
    private static final class Unwanted {
        static {
            System.setProperty(INITIALIZED, "true");
        }
    }

    @TempDir
    private Path directory;

    @BeforeEach
    void forget() {
        System.clearProperty(Gadget.DESERIALIZED);
    }

    @Test
    void javaObjectsAreNotDeserialized() throws IOException {
        Path file = saved();
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(object)) {
            out.writeObject(new Gadget());
        }
        for (String entry : List.of(ModelSerializer.PREPROCESSOR_BIN, ModelSerializer.NORMALIZER_BIN)) {
            put(file, entry, object.toByteArray());
        }
        assertThat(NetworkReader.read(file).normalized()).isTrue();
        assertThat(System.getProperty(Gadget.DESERIALIZED)).isNull();
        assertThatThrownBy(() -> ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false))
                .as("Deeplearning4j's own reader, which shows that the gadget works")
                .isInstanceOf(Exception.class);
        assertThat(System.getProperty(Gadget.DESERIALIZED)).isEqualTo("true");
    }

    /**
     * In a place where Deeplearning4j instantiates it, in one where it does not look, and hidden behind an allowed
     * class.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"activationFn\":{\"@class\":\"GADGET\"}",
                "\"weightInitFn\":{\"@class\":\"org.deeplearning4j.nn.weights.WeightInitDistribution\","
                        + "\"distribution\":{\"type\":\"GADGET\"}}",
                "\"further\":{\"deep\":[{\"@class\":\"GADGET\"}]}",
                "\"activationFn\":{\"\\u0040class\":\"GADGET\"}",
                "\"activationFn\":{\"@class\":\"org.nd4j.linalg.activations.impl.ActivationTanH<GADGET>\"}",
                "\"activationFn\":{\"@class\":[\"GADGET\"]}"
            })
    void classesOutsideDeeplearning4jAreRefusedBeforeTheyAreInitialized(String member) throws IOException {
        Path file = withMember(member.replace("GADGET", GADGET));
        assertThatThrownBy(() -> NetworkReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), GADGET, "--allow-classes");
        assertThat(System.getProperty(INITIALIZED)).isNull();
    }

    /** Gson keeps the last of two equal names, Jackson takes the first. */
    @Test
    void whatIsCheckedIsWhatDeeplearning4jReads() {
        String json = "{\"@class\":\"" + GADGET + "\",\"@class\":\"org.nd4j.linalg.activations.impl.ActivationTanH\"}";
        assertThat(AllowedClasses.DEFAULT.check(json)).doesNotContain(GADGET);
    }

    @Test
    void theUserAllowsClassesAndPackages() {
        String json = "{\"@class\":\"com.acme.layers.Wide\"}";
        assertThat(AllowedClasses.DEFAULT.with(List.of("com.acme.layers.Wide")).check(json))
                .isEqualTo(json);
        assertThat(AllowedClasses.DEFAULT.with(List.of("com.acme.*")).check(json))
                .isEqualTo(json);
        for (String other : List.of("com.acme.layers.Wid", "com.acme", "com.ac.*")) {
            assertThatThrownBy(() -> AllowedClasses.DEFAULT.with(List.of(other)).check(json))
                    .as(other)
                    .hasMessageContaining("com.acme.layers.Wide");
        }
        for (String none : List.of("", " ", "*", "-1", "com..acme", "com.acme.", "a/b")) {
            assertThatThrownBy(() -> AllowedClasses.DEFAULT.with(List.of(none)))
                    .hasMessageContaining("got '" + none + "'");
        }
    }

    @Test
    void configurationsThatAreTooDeepOrTooLongAreRefused() throws IOException {
        Path deep = withMember("\"a\":" + "[".repeat(100_000) + "]".repeat(100_000));
        assertThatThrownBy(() -> NetworkReader.read(deep)).hasMessageContaining(deep.toString());
        Path bomb = saved();
        put(bomb, ModelSerializer.CONFIGURATION_JSON, new byte[AllowedClasses.LONGEST_CONFIGURATION + 1]);
        assertThatThrownBy(() -> NetworkReader.read(bomb))
                .hasMessageContainingAll(bomb.toString(), "configuration.json declares 67108865 bytes");
    }

    @Test
    void parametersThatAreNotThereAreNotAllocated() throws IOException {
        for (long declared : new long[] {1L << 40, Integer.MAX_VALUE, -1}) {
            Path file = saved();
            put(file, ModelSerializer.COEFFICIENTS_BIN, coefficients(declared));
            assertThatThrownBy(() -> NetworkReader.read(file))
                    .as("%d values", declared)
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(file.toString(), "declares " + declared + " values");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {ModelSerializer.CONFIGURATION_JSON, ModelSerializer.COEFFICIENTS_BIN, ModelSerializer.UPDATER_BIN
            })
    void aFlippedBitIsNoticed(String entry) throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        network.fit(Networks.data(8, seed, 6));
        Path trained = directory.resolve("trained.zip");
        ModelSerializer.writeModel(network, trained.toFile(), true);
        SplittableRandom random = new SplittableRandom(seed);
        for (boolean deflated : new boolean[] {true, false}) {
            Path file = directory.resolve("flipped" + deflated + ".zip");
            flipABit(trained, file, entry, deflated, random);
            assertThatThrownBy(() -> NetworkReader.readForTraining(file, AllowedClasses.DEFAULT))
                    .as("%s, deflated: %s, seed %d", entry, deflated, seed)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void theUpdaterContinuesWhereItWas() throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        network.fit(Networks.data(8, seed, 6));
        Path file = directory.resolve("trained.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        MultiLayerNetwork read = (MultiLayerNetwork)
                NetworkReader.readForTraining(file, AllowedClasses.DEFAULT).model();
        network.fit(Networks.data(8, seed + 1, 6));
        read.fit(Networks.data(8, seed + 1, 6));
        assertThat(read.params()).isEqualTo(network.params());
        assertThat(read.getIterationCount()).isEqualTo(2);
    }

    /** Copies a zip file, stored or deflated, and flips one bit of an entry's bytes, as they are stored. */
    private static void flipABit(Path from, Path to, String name, boolean deflated, SplittableRandom random)
            throws IOException {
        long begin = 0;
        long end = 0;
        try (ZipFile zip = new ZipFile(from.toFile());
                CountingOutputStream counted = new CountingOutputStream(Files.newOutputStream(to));
                ZipOutputStream out = new ZipOutputStream(counted)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setMethod(deflated ? ZipEntry.DEFLATED : ZipEntry.STORED);
                if (!deflated) {
                    copy.setSize(content.length);
                    copy.setCrc(entry.getCrc());
                }
                out.putNextEntry(copy);
                out.flush();
                begin = entry.getName().equals(name) ? counted.getByteCount() : begin;
                out.write(content);
                out.closeEntry();
                out.flush();
                // What follows a deflated entry, its sizes, is left out by its own length.
                end = entry.getName().equals(name) ? counted.getByteCount() - (deflated ? 16 : 0) : end;
            }
        }
        byte[] bytes = Files.readAllBytes(to);
        bytes[(int) random.nextLong(begin, end)] ^= (byte) (1 << random.nextInt(8));
        Files.write(to, bytes);
    }

    private Path saved() throws IOException {
        Path file = Files.createTempFile(directory, "model", ".zip");
        ModelSerializer.writeModel(Networks.mlp(DataType.FLOAT, seed), file.toFile(), false);
        return file;
    }

    /** A model whose first layer's configuration begins with something. */
    private Path withMember(String member) throws IOException {
        Path file = saved();
        // Of two equal names the last one counts, so those of the layer itself go.
        String json = Networks.mlp(DataType.FLOAT, seed)
                .getLayerWiseConfigurations()
                .toJson()
                .replaceAll("\"(activationFn|weightInitFn)\"", "\"former\"");
        put(
                file,
                ModelSerializer.CONFIGURATION_JSON,
                json.replaceFirst("\"layer\" *: *\\{", Matcher.quoteReplacement("\"layer\":{" + member + ","))
                        .getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static void put(Path file, String entry, byte[] content) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            Files.write(zip.getPath(entry), content);
        }
    }

    /** An array of ND4J that declares more values than it has. */
    private static byte[] coefficients(long declared) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("LONG_SHAPE");
            out.writeLong(8);
            out.writeUTF("LONG");
            for (long number : new long[] {2, 1, declared, declared, 1, 0, 1, 'c'}) {
                out.writeLong(number);
            }
            out.writeUTF("LONG_SHAPE");
            out.writeLong(declared);
            out.writeUTF("FLOAT");
            out.write(new byte[1000]);
        }
        return bytes.toByteArray();
    }
}
