package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.testing.IdxFiles;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class ProbeReaderTest {

    private static final int FEATURES = 6;
    private static final int CLASSES = 3;

    private final long seed = Seeds.fresh("ProbeReaderTest");
    private final Random random = new Random(seed);
    private final Model network = Networks.mlp(DataType.FLOAT, seed);

    @TempDir
    private Path directory;

    @Test
    void imagesGoFlatOrAsPlanesAsTheNetworkTakesThem() throws IOException {
        byte[] pixels = writeImages("train", 20, 2, 3);
        Probe flat = ProbeReader.read(directory, Part.TRAINING, network, 100, seed);
        assertThat(flat.features().get(0).shape()).containsExactly(20, FEATURES);
        assertThat(flat.features().get(0).getDouble(7, 4)).isEqualTo((pixels[7 * 6 + 4] & 0xff) / 255f);
        assertThat(flat.labels().get(0).sum(1).data().asDouble()).containsOnly(1);
        assertThat(flat.source()).contains("all 20 examples").contains(directory.toString());

        writeImages("train", 20, 8, 8);
        Model images = Networks.cnn(DataType.FLOAT, seed, false);
        Probe planes = ProbeReader.read(directory, Part.TRAINING, images, 100, seed);
        assertThat(planes.features().get(0).shape()).containsExactly(20, 1, 8, 8);
        assertLossIsFinite(images, planes);
    }

    /** A LossLayer has no size of its own: that of the dense layer before it counts. */
    @Test
    void classesBecomeOneHotForALossLayerAndStayNumbersForASparseLoss() throws IOException {
        writeImages("train", 20, 2, 3);
        for (boolean sparse : new boolean[] {false, true}) {
            MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                    .list()
                    .layer(new DenseLayer.Builder().nIn(FEATURES).nOut(CLASSES).build())
                    .layer(new ActivationLayer.Builder()
                            .activation(Activation.TANH)
                            .build())
                    .layer(new LossLayer.Builder(sparse ? LossFunction.SPARSE_MCXENT : LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .build());
            network.init();
            Probe probe = ProbeReader.read(directory, Part.TRAINING, network, 100, seed);
            assertThat(probe.labels().get(0).shape()).containsExactly(20, sparse ? 1 : CLASSES);
            assertLossIsFinite(network, probe);
        }
    }

    @Test
    void examplesAreDrawnOnceFromTheSeed() throws IOException {
        writeImages("train", 200, 2, 3);
        Probe first = ProbeReader.read(directory, Part.TRAINING, network, 30, seed);
        Probe same = ProbeReader.read(directory, Part.TRAINING, network, 30, seed);
        Probe other = ProbeReader.read(directory, Part.TRAINING, network, 30, seed + 1);
        assertThat(first.size()).isEqualTo(30);
        assertThat(first.features()).as("seed %d", seed).isEqualTo(same.features());
        assertThat(first.features()).as("seed %d", seed).isNotEqualTo(other.features());
        assertThat(first.source()).contains("30 of 200 examples").contains("seed " + seed);
    }

    @Test
    void validationIsTheOtherSetWhereThereIsOne() throws IOException {
        writeImages("train", 20, 2, 3);
        assertThat(read(directory, Part.VALIDATION).size()).isEqualTo(20);
        writeImages("t10k", 9, 2, 3);
        assertThat(read(directory, Part.VALIDATION).size()).isEqualTo(9);
        assertThat(read(directory, Part.TRAINING).size()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"',', false, true", "';', true, false", "'\t', true, true", "',', false, false"})
    void linesOfNumbersAreReadWithClassesOrOneHot(String separator, boolean heading, boolean oneHot)
            throws IOException {
        double[][] rows = new double[25][FEATURES];
        int[] classes = new int[rows.length];
        StringBuilder text = new StringBuilder(heading ? heading(oneHot, separator) : "");
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.doubles(FEATURES, -3, 3).toArray();
            classes[i] = random.nextInt(CLASSES);
            int label = classes[i];
            String cells = Arrays.stream(rows[i]).mapToObj(Double::toString).collect(Collectors.joining(separator));
            String labels = oneHot
                    ? IntStream.range(0, CLASSES)
                            .mapToObj(c -> c == label ? "1" : "0")
                            .collect(Collectors.joining(separator))
                    : "\"" + label + "\"";
            text.append(cells).append(separator).append(labels).append(i % 5 == 0 ? "\r\n\n" : "\n");
        }
        Probe probe = read(Files.writeString(directory.resolve("data.csv"), text), Part.TRAINING);
        INDArray features = probe.features().get(0);
        for (int i = 0; i < rows.length; i++) {
            assertThat(features.getRow(i).dup().data().asDouble())
                    .as("row %d, seed %d", i, seed)
                    .isEqualTo(rows[i]);
            assertThat(probe.labels().get(0).getRow(i).argMax().getInt(0))
                    .as("row %d, seed %d", i, seed)
                    .isEqualTo(classes[i]);
        }
        assertLossIsFinite(network, probe);
    }

    /** Spreadsheets mark the order of bytes, quote what they like, and end lines as DOS did. */
    @Test
    void linesOfSpreadsheetsAreRead() throws IOException {
        String text = "\ufeff\"height, in m\";\"the \"\"second\"\"\nof two lines\";c;d;e;f;class\r\n"
                + "\"1.5\";2; 3 ;4;5;6;\"2\"\r\n\r\n1;2;3;4;5;6e-1;0";
        Probe probe = read(Files.writeString(directory.resolve("sheet.csv"), text), Part.TRAINING);
        assertThat(probe.features().get(0).toDoubleMatrix())
                .isDeepEqualTo(new double[][] {{1.5, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 0.6}});
        assertThat(probe.labels().get(0).argMax(1).data().asInt()).containsExactly(2, 0);
        assertRefused(
                Files.writeString(directory.resolve("quotes.csv"), "1,2,3,4,5,6,0\n1,2,\"3\"x,4,5,6,0\n"),
                "must quote cells as CSV does");
    }

    @Test
    void aDrawOfLinesIsTheSameLines() throws IOException {
        Path file = directory.resolve("lines.csv");
        Files.writeString(
                file,
                IntStream.range(0, 100)
                        .mapToObj(i -> i + ",0,0,0,0,0," + i % CLASSES + "\n")
                        .collect(Collectors.joining()));
        Probe probe = ProbeReader.read(file, Part.TRAINING, network, 17, seed);
        for (int i = 0; i < 17; i++) {
            int line = probe.features().get(0).getInt(i, 0);
            assertThat(probe.labels().get(0).getInt(i, line % CLASSES))
                    .as("line %d, seed %d", line, seed)
                    .isOne();
        }
    }

    @Test
    void arraysAreReadWithWholeNumbersAndClassesToo() throws IOException {
        Path file = directory.resolve("arrays.h5");
        int[][] features = IntStream.range(0, 12)
                .mapToObj(i -> random.ints(FEATURES, -9, 9).toArray())
                .toArray(int[][]::new);
        write(file, "features", features, "labels", random.ints(12, 0, CLASSES).toArray());
        Probe probe = read(file, Part.TRAINING);
        assertThat(probe.features().get(0))
                .isEqualTo(Nd4j.createFromArray(features).castTo(DataType.DOUBLE));
        assertThat(probe.labels().get(0).shape()).containsExactly(12, CLASSES);
        assertLossIsFinite(network, probe);
    }

    @Test
    void sequencesKeepTheirMasks() throws IOException {
        Path file = directory.resolve("sequences.h5");
        double[][][] features = new double[5][4][7];
        double[][][] labels = new double[5][CLASSES][7];
        double[][] mask = new double[5][7];
        for (int i = 0; i < mask.length; i++) {
            Arrays.fill(mask[i], 0, 2 + i, 1);
        }
        write(file, "features", features, "labels", labels, "features_mask", mask, "labels_mask", mask);
        Probe probe = ProbeReader.read(file, Part.TRAINING, Networks.lstm(DataType.DOUBLE, seed), 3, seed);
        assertThat(probe.features().get(0).shape()).containsExactly(3, 4, 7);
        assertThat(probe.labelsMasks().get(0)).isNotNull();
        assertThat(probe.hasFeaturesMask()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2,3,4\\n                       | has 4 columns, expected 7 (6 that the network takes",
                "1,2,3,4,5,6,0\\n1,2,3\\n         | must have 7 cells in each line, line 2 has 3",
                "1,2,3,4,5,6,0\\n1,2,x,4,5,6,0\\n | line 2 has 'x' in column 3",
                "1,2,3,4,5,6,0\\n1,2,NaN,4,5,6,0  | line 2 has 'NaN' in column 3",
                "1,2,3,4,5,6,3\\n                 | must have classes from 0 to 2, the classes of the network, got 3.0",
                "1,2,3,4,5,6,0.5\\n               | got 0.5",
                "a,b,c,d,e,f,g\\n                 | must have at least one example",
                "\\n                              | must have at least one line of numbers"
            })
    void linesThatDoNotFitAreNamed(String text, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.csv"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> read(file, Part.TRAINING))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        assertRefused(directory.resolve("none"), "do not exist");
        assertRefused(directory, "no data in " + directory);
        assertRefused(
                Files.writeString(directory.resolve("data.bin"), "1,2"),
                "are neither HDF5 nor named as NumPy's arrays (.npz) or CSV");
        assertRefused(
                Files.write(directory.resolve("a.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0}), "must be text");
        writeImages("train", 4, 5, 5);
        assertRefused(directory, "has 25 values an example ([5, 5]), the network takes 6");
        Path file = directory.resolve("arrays.h5");
        write(file, "features", new double[4][FEATURES]);
        assertRefused(file, "has no array labels, which the network needs; it has features");
        write(file, "features", new double[4][FEATURES], "labels", new double[5][CLASSES]);
        assertRefused(file, "as many examples in each array");
        write(file, "features", new double[4][FEATURES], "labels", new double[4][2]);
        assertRefused(file, "has labels of shape [4, 2], expected [N, 3]");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        assertRefused(file, "is damaged");
        assertThatThrownBy(() -> ProbeReader.read(directory, Part.TRAINING, network, 0, seed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1, got 0");
        Path csv = Files.writeString(directory.resolve("b.csv"), "1,2\n");
        assertThatThrownBy(
                        () -> ProbeReader.read(csv, Part.TRAINING, Networks.cnn(DataType.FLOAT, seed, false), 9, seed))
                .hasMessageContaining("does not say their shape");
    }

    private Probe read(Path data, Part part) throws IOException {
        return ProbeReader.read(data, part, network, 1000, seed);
    }

    private void assertRefused(Path data, String message) {
        assertThatThrownBy(() -> read(data, Part.TRAINING))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining(message);
    }

    private void assertLossIsFinite(Model model, Probe probe) {
        try (Objective objective = ObjectiveChoice.of(model, probe, ObjectiveOptions.DEFAULT, false)
                .objective()) {
            INDArray theta = objective.layout().pack(model.params());
            assertThat(objective.evaluate(theta).loss()).as("seed %d", seed).isFinite();
        }
    }

    private byte[] writeImages(String set, int count, int rows, int columns) throws IOException {
        byte[] pixels = new byte[count * rows * columns];
        random.nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(CLASSES);
        }
        IdxFiles.writeImages(directory.resolve(set + "-images-idx3-ubyte"), pixels, count, rows, columns);
        IdxFiles.writeLabels(directory.resolve(set + "-labels-idx1-ubyte"), labels);
        return pixels;
    }

    private static String heading(boolean oneHot, String separator) {
        return IntStream.range(0, FEATURES + (oneHot ? CLASSES : 1))
                        .mapToObj(i -> "column " + i)
                        .collect(Collectors.joining(separator))
                + "\n";
    }

    private static void write(Path file, Object... namesAndData) throws IOException {
        Files.deleteIfExists(file);
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            for (int i = 0; i < namesAndData.length; i += 2) {
                hdf.putDataset((String) namesAndData[i], namesAndData[i + 1]);
            }
        }
    }
}
