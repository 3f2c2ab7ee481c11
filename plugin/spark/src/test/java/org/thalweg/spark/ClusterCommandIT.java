package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.StudyFile;
import org.thalweg.testing.IdxFiles;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** The commands of the README, as packaged, on clusters that have Spark but not Thalweg. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for POSIX shells")
class ClusterCommandIT {

    private static final int IMAGES = 1000;
    private static final int POINTS = 31;

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private final long seed = Seeds.fresh("ClusterCommandIT");

    @TempDir
    private Path directory;

    private Path model;
    private Path data;
    private Path sparkHome;

    @BeforeEach
    void save() throws IOException {
        model = directory.resolve("saved.zip");
        ModelSerializer.writeModel(Networks.cnn(DataType.FLOAT, seed, true), model.toFile(), false);
        data = Files.createDirectory(directory.resolve("images"));
        Random random = new Random(seed);
        byte[] pixels = new byte[IMAGES * 64];
        random.nextBytes(pixels);
        IdxFiles.writeImages(data.resolve("t10k-images-idx3-ubyte.gz"), pixels, IMAGES, 8, 8);
        byte[] labels = new byte[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = (byte) random.nextInt(3);
        }
        IdxFiles.writeLabels(data.resolve("t10k-labels-idx1-ubyte.gz"), labels);
        sparkHome = Files.createDirectory(directory.resolve("spark"));
        Files.createSymbolicLink(sparkHome.resolve("jars"), MODULE.resolve("target/spark"));
    }

    /** Removes a link that leads out of the directory JUnit deletes. */
    @AfterEach
    void unlink() throws IOException {
        Files.delete(sparkHome.resolve("jars"));
    }

    @Test
    void aLostClustersWorkIsContinuedOnAnotherAndSparkSubmitGivesTheSame() throws Exception {
        Path broken = directory.resolve("broken.h5");
        Path whole = directory.resolve("whole.h5");
        try (StandaloneCluster lost = cluster("lost");
                Command analyze = start("plugin/spark/thalweg-spark", lost, data.toString(), broken)) {
            awaitFirstPoints(analyze);
            lost.close();
            assertThat(analyze.await()).as(analyze::toString).isEqualTo(1);
            assertThat(analyze.said())
                    .contains("thalweg: plane: no executor is left, and no Spark master answers at " + lost.master());
        }
        assertThat(points(broken)).as("points when lost, seed %d", seed).isBetween(1, POINTS * POINTS - 1);

        try (StandaloneCluster cluster = cluster("next")) {
            try (Command analyze = start("plugin/spark/thalweg-spark", cluster, data.toString(), broken)) {
                assertThat(analyze.await()).as(analyze::toString).isZero();
                assertThat(analyze.said()).contains("continuing " + broken).doesNotContain("already registered");
            }
            try (Command submit = start("spark-submit", cluster, data.toUri().toString(), whole)) {
                assertThat(submit.await()).as(submit::toString).isZero();
                assertThat(submit.said()).contains("computed by Spark at " + cluster.master() + ", 2 cores");
            }
        }
        assertSame(StudyFile.readSurface(broken), StudyFile.readSurface(whole));
    }

    private StandaloneCluster cluster(String name) throws IOException {
        return StandaloneCluster.startWithSparkAlone(Files.createDirectory(directory.resolve(name)), 2);
    }

    /** Starts a command from the README with this test's master, files and options. */
    private Command start(String program, StandaloneCluster cluster, String from, Path output) throws IOException {
        String command = Files.readString(Path.of("README.md"))
                .replace("\\\n", "")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(program + " ") && line.contains("spark://host:7077"))
                .findFirst()
                .orElseThrow()
                .replace("spark://host:7077", cluster.master())
                .replace("model.zip", model.toString())
                .replace("--data DIR", "--data " + from + " --probe " + IMAGES + " --grid " + POINTS)
                .replace("out.h5", output.toString());
        Path submit = MODULE.resolve("src/test/resources/spark-submit");
        String shell = "spark-submit() { bash '" + submit + "' \"$@\"; }\n" + command;
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SPARK_HOME", sparkHome.toString());
        // Both wait for both executors, so that they have the same number of parts.
        // The bar of a terminal shows the first points; elsewhere the first line comes after ten seconds.
        environment.put("THALWEG_OPTS", "-Dspark.cores.max=2 -Dthalweg.terminal=true");
        environment.put("SPARK_SUBMIT_OPTS", "-Dspark.cores.max=2");
        return Command.start(MODULE.resolve("../..").normalize(), environment, List.of("bash", "-c", shell));
    }

    private static void awaitFirstPoints(Command command) throws InterruptedException {
        for (int i = 0;
                i < 30_000 && !command.said().contains("/" + POINTS * POINTS + " points") && command.isAlive();
                i++) {
            Thread.sleep(20);
        }
        assertThat(command.isAlive()).as(command::toString).isTrue();
    }

    private static int points(Path file) throws IOException {
        return StudyFile.readSurface(file).frame().surface().evaluatedPoints();
    }

    private void assertSame(SurfaceStudy actual, SurfaceStudy expected) {
        SurfaceValues a = actual.frame().surface();
        SurfaceValues b = expected.frame().surface();
        assertThat(a.evaluatedPoints()).isEqualTo(POINTS * POINTS);
        assertThat(a.loss()).as("seed %d", seed).isDeepEqualTo(b.loss());
        assertThat(a.accuracy().orElseThrow())
                .as("seed %d", seed)
                .isDeepEqualTo(b.accuracy().orElseThrow());
        assertThat(actual.frame().curvature())
                .as("seed %d", seed)
                .isEqualTo(expected.frame().curvature());
        assertThat(actual.provenance().options())
                .isEqualTo(expected.provenance().options());
    }
}
