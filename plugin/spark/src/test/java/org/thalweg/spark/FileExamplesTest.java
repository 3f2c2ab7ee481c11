package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.data.ProbeReader;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.IdxFiles;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/**
 * Executors read each format from a directory, HDFS or a file system with another name, and get what one machine
 * gets.
 */
class FileExamplesTest {

    private static final long SEED = Seeds.fresh("FileExamplesTest");
    private static final int EXAMPLES = 29;
    private static final int DRAWN = 23;

    /** To Hadoop, a file system other than the machine's own. */
    public static final class FarFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("far:///");
        }
    }

    @TempDir
    Path directory;

    @TempDir
    private static Path hdfsDirectory;

    private static MiniDFSCluster hdfs;
    private static SparkCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        hdfs = new MiniDFSCluster.Builder(new Configuration(), hdfsDirectory.toFile()).build();
        cluster = SparkCluster.connect(
                ClusterOptions.of("local[2]").with("spark.hadoop.fs.far.impl", FarFileSystem.class.getName()));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        hdfs.shutdown();
    }

    private final MultiLayerNetwork vectors = Networks.mlp(DataType.DOUBLE, SEED);
    private final MultiLayerNetwork images = Networks.cnn(DataType.DOUBLE, SEED, false);
    private final DataSet data = Networks.data(EXAMPLES, SEED, 6);

    @Test
    void csv() throws IOException {
        Path file = directory.resolve("data.csv");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
            StringBuilder line = new StringBuilder();
            for (double feature : features(i)) {
                line.append(feature).append(',');
            }
            lines.add(line.append(label(i)).toString());
        }
        Files.write(file, lines);
        same(vectors, file, file);
    }

    @Test
    void hdf5() throws IOException {
        Path file = directory.resolve("data.h5");
        write(file);
        same(vectors, file, file);
    }

    private void write(Path file) {
        try (WritableHdfFile hdf5 = HdfFile.write(file)) {
            double[][] features = new double[EXAMPLES][];
            Arrays.setAll(features, this::features);
            double[] labels = new double[EXAMPLES];
            Arrays.setAll(labels, this::label);
            hdf5.putDataset("features", features);
            hdf5.putDataset("labels", labels);
        }
    }

    @Test
    void idx() throws IOException {
        Random random = new Random(SEED);
        byte[] pixels = new byte[EXAMPLES * 64];
        random.nextBytes(pixels);
        IdxFiles.writeImages(directory.resolve("t10k-images-idx3-ubyte.gz"), pixels, EXAMPLES, 8, 8);
        byte[] labels = new byte[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = (byte) random.nextInt(3);
        }
        IdxFiles.writeLabels(directory.resolve("t10k-labels-idx1-ubyte.gz"), labels);
        same(images, directory, directory);
    }

    @Test
    void parquetInSeveralFiles() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("""
                message example {
                  required group features (LIST) { repeated group list { required double element; } }
                  required int32 label;
                }
                """);
        Path parquet = Files.createDirectory(directory.resolve("data.parquet"));
        int half = EXAMPLES / 2;
        write(parquet.resolve("part-00001.parquet"), schema, half, EXAMPLES);
        write(parquet.resolve("part-00000.parquet"), schema, 0, half);
        Path same = directory.resolve("same.h5");
        write(same);
        same(vectors, parquet, same);
    }

    private void write(Path file, MessageType schema, int from, int to) throws IOException {
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            for (int i = from; i < to; i++) {
                Group row = groups.newGroup();
                Group features = row.addGroup("features");
                for (double feature : features(i)) {
                    features.addGroup("list").append("element", feature);
                }
                writer.write(row.append("label", (int) label(i)));
            }
        }
    }

    @Test
    void errorsNameFileAndCause() throws IOException {
        assertThatThrownBy(() -> FileExamples.of(directory + "/nothing.csv", Part.TRAINING, vectors, 5, SEED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing.csv do not exist");
        MessageType schema = MessageTypeParser.parseMessageType("message example { required double x; }");
        Path file = directory.resolve("wrong.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            writer.write(new SimpleGroupFactory(schema).newGroup().append("x", 1.0));
        }
        assertThatThrownBy(() -> FileExamples.of(file.toString(), Part.TRAINING, vectors, 5, SEED))
                .hasMessageContaining("wrong.parquet has no column features; it has x");
    }

    /** Directly, as a URI, from HDFS, and from the other file system. */
    private void same(MultiLayerNetwork network, Path data, Path readHere) throws IOException {
        String remote = hdfs.getURI() + "/" + data.getFileName();
        hdfs.getFileSystem()
                .copyFromLocalFile(new org.apache.hadoop.fs.Path(data.toUri()), new org.apache.hadoop.fs.Path(remote));
        for (String location : List.of(data.toString(), data.toUri().toString(), remote, "far:" + data)) {
            try {
                Probe probe = ProbeReader.read(readHere, Part.TRAINING, network, DRAWN, SEED);
                FileExamples examples = FileExamples.of(location, Part.TRAINING, network, DRAWN, SEED);
                assertThat(examples.size()).isEqualTo(DRAWN);
                try (Objective local = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
                        Objective spark = cluster.objective(
                                network, examples, ObjectiveOptions.DEFAULT, SparkOptions.DEFAULT.withParts(3))) {
                    INDArray theta = local.layout().pack(network.params());
                    ObjectiveValue expected = local.evaluate(theta);
                    ObjectiveValue found = spark.evaluate(theta);
                    assertThat(found.loss())
                            .as("%s, seed %s", location, SEED)
                            .isCloseTo(expected.loss(), within(1e-12 * expected.loss()));
                    assertThat(found.accuracyOrNaN())
                            .as("%s, seed %s", location, SEED)
                            .isCloseTo(expected.accuracyOrNaN(), within(1e-9));
                }
            } catch (IOException e) {
                throw new AssertionError(location, e);
            }
        }
    }

    private double[] features(int example) {
        return data.getFeatures().getRow(example).toDoubleVector();
    }

    private double label(int example) {
        return data.getLabels().getRow(example).argMax().getDouble(0);
    }
}
