package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

class NumpyFilesTest {

    private static final String EXPECTED = "expected_";

    private final long seed = Seeds.fresh("NumpyFilesTest");
    private final Model network = Networks.mlp(DataType.FLOAT, seed);

    @TempDir
    private Path directory;

    @Test
    void arraysOfEveryTypeAreWhatNumpySays() throws IOException {
        numpy();
        for (String name : List.of("plain.npz", "compressed.npz", "files")) {
            Map<String, NamedArray> arrays = NumpyFiles.read(directory.resolve(name), Optional.empty()).stream()
                    .collect(Collectors.toMap(NamedArray::name, Function.identity()));
            assertThat(arrays).hasSize(2 * 12 * 2 * 2);
            arrays.forEach((key, array) -> {
                if (!key.startsWith(EXPECTED)) {
                    NamedArray expected = Objects.requireNonNull(arrays.get(EXPECTED + key));
                    assertThat(array.shape()).as("%s, seed %d", key, seed).isEqualTo(expected.shape());
                    assertThat(doubles(array)).as("%s, seed %d", key, seed).isEqualTo(doubles(expected));
                }
            });
        }
    }

    @Test
    void kerasDataSetsAreExamplesWithTheirTest() throws IOException {
        numpy();
        Path file = directory.resolve("keras.npz");
        Probe plain = ProbeReader.read(file, Part.TRAINING, network, 100, seed);
        assertThat(plain.features().get(0).shape()).containsExactly(20, 6);
        assertThat(plain.labels().get(0).shape()).containsExactly(20, 3);
        assertThat(plain.features().get(0).maxNumber().doubleValue())
                .as("bytes as they are, seed %d", seed)
                .isGreaterThan(1);
        assertThat(ProbeReader.read(file, Part.VALIDATION, network, 100, seed).size())
                .isEqualTo(7);
        Probe ranged = ProbeReader.read(file, Part.TRAINING, network, 100, seed, ImageOptions.DEFAULT.withRange(-1, 1));
        INDArray expected =
                plain.features().get(0).castTo(DataType.DOUBLE).mul(2 / 255.0).sub(1);
        assertThat(ranged.features().get(0).castTo(DataType.DOUBLE).equalsWithEps(expected, 1e-6))
                .as("seed %d", seed)
                .isTrue();
        assertThat(ranged.labels()).isEqualTo(plain.labels());
    }

    @Test
    void aDirectoryOfArraysIsRead() throws IOException {
        INDArray features = Nd4j.rand(DataType.FLOAT, 9, 6);
        Files.write(directory.resolve("x.npy"), Nd4j.toNpyByteArray(features));
        Files.write(directory.resolve("y.npy"), Nd4j.toNpyByteArray(Nd4j.zeros(DataType.INT32, 9)));
        Probe probe = ProbeReader.read(directory, Part.TRAINING, network, 100, seed);
        assertThat(probe.features().get(0)).isEqualTo(features);
        Files.write(directory.resolve("features.npy"), Nd4j.toNpyByteArray(features));
        assertThatThrownBy(() -> ProbeReader.read(directory, Part.TRAINING, network, 100, seed))
                .hasMessageContaining("two arrays of features");
    }

    @Test
    void whatIsNoNumberIsNotLoaded() throws IOException {
        numpy();
        assertRefused("objects.npz", "pickled objects are not loaded");
        assertRefused("structures.npz", "pickled objects are not loaded");
        assertRefused("text.npz", "must hold numbers, holds '<U2'");
    }

    /** Nothing is believed: not the sizes, not the length of the header. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }            ; 24 ; ",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }            ; 20 ; declares the shape [2,"
                        + " 3]",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }            ; 28 ; and has 28",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 1000000000), } ; 8 ; declares the"
                        + " shape",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), } ; 8 ; too large for any"
                        + " file",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 3), }           ; 24 ; has no header of"
                        + " NumPy's",
                "__import__('os').system('true')                                         ; 4  ; has no header of"
                        + " NumPy's",
                "{'descr': '|V8', 'fortran_order': False, 'shape': (1,), }              ; 8  ; must hold numbers"
            })
    void sizesAreHeldAgainstTheFile(String header, int values, String message) throws IOException {
        byte[] bytes = array(header, values);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        if (message == null) {
            assertThat(NumpyArray.read(in, bytes.length, "a.npy", Optional.empty())
                            .shape())
                    .containsExactly(2, 3);
            return;
        }
        assertThatThrownBy(() -> NumpyArray.read(in, bytes.length, "a.npy", Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a.npy")
                .hasMessageContaining(message);
    }

    /** A damaged header does not break the line of the message, or colour the terminal. */
    @Test
    void whatAHeaderSaysIsQuotedOnOneLine() {
        for (String header : List.of(
                "{'descr'\n '<f4', \u001b[31m }", "{'descr': '<f\n4', 'fortran_order': False, 'shape': (1,), }")) {
            byte[] bytes = array(header, 4);
            assertThatThrownBy(() ->
                            NumpyArray.read(new ByteArrayInputStream(bytes), bytes.length, "a.npy", Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("a.npy")
                    .message()
                    .doesNotContain("\n", "\u001b");
        }
    }

    /** A file of NumPy's format, version 1, with zeros. */
    private static byte[] array(String header, int values) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[10 + text.length + values];
        System.arraycopy(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}, 0, bytes, 0, 10);
        System.arraycopy(text, 0, bytes, 10, text.length);
        return bytes;
    }

    private void numpy() {
        Peers.python("/org/thalweg/data/numpy_arrays.py", List.of("numpy"), directory, Math.abs(seed));
    }

    private void assertRefused(String name, String message) {
        Path file = directory.resolve(name);
        assertThatThrownBy(() -> ProbeReader.read(file, Part.TRAINING, network, 100, seed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private static double[] doubles(NamedArray array) {
        if (array.values() instanceof double[] exact) {
            return exact;
        }
        float[] values = (float[]) array.values();
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
