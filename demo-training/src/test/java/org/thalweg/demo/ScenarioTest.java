package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.batchnorm.BatchNormSurfaces;
import org.thalweg.demo.batchsize.BatchSize;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.demo.gallery.Gallery;
import org.thalweg.demo.generalization.GeneralizationStudy;
import org.thalweg.demo.imagenet.ImagenetStyle;
import org.thalweg.demo.network.DenseNetwork;
import org.thalweg.demo.probesize.ProbeSizeStudy;
import org.thalweg.demo.pruning.PruningStudy;
import org.thalweg.demo.residual.SkipVsPlain;
import org.thalweg.demo.trajectory.PcaTrajectory;
import org.thalweg.demo.vgg.VggSurfaces;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.StudyFile;
import org.thalweg.recording.TrajectoryFile;
import org.thalweg.testing.Seeds;
import org.thalweg.video.film.FilmOptions;

/** The scenarios at their smallest sizes; whether claims hold is not checked here. */
class ScenarioTest {

    private static final FilmOptions FILM =
            FilmOptions.DEFAULT.withSize(320, 180).withLength(1, 2);

    private final long seed = Seeds.fresh("ScenarioTest");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    private final ImageSplit images = new StrokeDigits(seed).split(64, 32);

    @TempDir
    private Path directory;

    @Test
    void skipVsPlain() throws IOException {
        SkipVsPlain scenario =
                new SkipVsPlain(images, new SkipVsPlain.Size(List.of(1), 2, 4, 2, 5, 2, 3, 32, FILM), seed, console);
        scenario.run(directory);
        byte[] trained = Files.readAllBytes(directory.resolve("plain-8").resolve("model.zip"));
        try (Stream<Path> frames =
                Files.list(directory.resolve("plain-8-batch-plane2").resolve("frames"))) {
            for (Path frame : frames.toList()) {
                Files.delete(frame);
            }
        }
        scenario.run(directory);

        assertThat(directory.resolve("plain-8").resolve("model.zip")).hasBinaryContent(trained);
        assertThat(RunReader.open(directory.resolve("plain-8-batch-plane2")).iterations())
                .containsExactly(4L);
        assertThat(RunReader.open(directory.resolve("plain-8")).iterations()).containsExactly(0L, 2L, 4L);
        assertThat(RunReader.open(directory.resolve("resnet-8")).iterations()).containsExactly(0L, 2L, 4L);
        assertThat(directory.resolve("skip-vs-plain.mp4")).isNotEmptyFile();
        assertThat(directory.resolve("skip-vs-plain.png")).isNotEmptyFile();
        assertThat(directory.resolve("convexity.png")).isNotEmptyFile();
        SurfaceStudy study = StudyFile.readSurface(directory.resolve("plain-8-convexity.h5"));
        CurvatureValues seen =
                RunReader.open(directory.resolve("plain-8")).frame(4).curvature();
        double[][] largest = study.convexity().orElseThrow().largest();
        // Both come from separate Lanczos runs, with relative errors of at most 1e-2.
        assertThat(largest[2][2])
                .as("lambda_max at the minimizer, seed %d", seed)
                .isCloseTo(seen.lambdaMax().orElseThrow().value(), withinPercentage(3));
        assertThat(largest[0][1]).as("between the map's points").isNaN();
        assertFindings(4);
    }

    @Test
    void batchNorm() throws IOException {
        BatchNormSurfaces.Size size = new BatchNormSurfaces.Size(List.of(2), 2, 2, 5, 32, FILM);
        new BatchNormSurfaces(images, size, seed, console).run(directory);

        for (String run : List.of("plain-running", "batchnorm-batch", "batchnorm-dropout-training")) {
            assertThat(RunReader.open(directory.resolve(run)).iterations())
                    .as("%s, seed %d", run, seed)
                    .contains(2L);
        }
        assertThat(directory.resolve("running-and-batch.mp4")).isNotEmptyFile();
        assertFindings(4);
    }

    @Test
    void batchSize() throws IOException {
        BatchSize.Size size = new BatchSize.Size(List.of(2), 16, 1, 32, 1, 32);
        new BatchSize(images, size, seed, console).run(directory);

        assertThat(RunReader.open(directory.resolve("small")).iterations()).containsExactly(0L, 4L);
        assertThat(RunReader.open(directory.resolve("large-decay")).iterations())
                .containsExactly(0L, 2L);
        assertThat(directory.resolve("batch-size.png")).isNotEmptyFile();
        assertFindings(3);
    }

    @Test
    void pruning() throws IOException {
        new PruningStudy(images, new PruningStudy.Size(1, List.of(0, 50, 90), 3, 32, FILM), seed, console)
                .run(directory);

        Frame whole = RunReader.open(directory.resolve("pruned-0")).frame(1);
        Frame pruned = RunReader.open(directory.resolve("pruned-90")).frame(1);
        assertThat(pruned.loss()).as("seed %d", seed).isNotEqualTo(whole.loss());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("0 % (430,500 left)")
                .contains("90 % (43,050 left)");
        assertThat(directory.resolve("pruning.png")).isNotEmptyFile();
        assertThat(directory.resolve("pruning-curves.png")).isNotEmptyFile();
        assertFindings(1);
    }

    @Test
    void generalizationContinuesWithTheRunsThatAreMissing() throws IOException {
        GeneralizationStudy.Size size = new GeneralizationStudy.Size(
                new DenseNetwork(List.of(16)),
                List.of(8, 16),
                List.of(0.02, 0.05),
                List.of(0.0),
                2,
                1,
                200,
                3,
                Duration.ofMinutes(10));
        GeneralizationStudy study = new GeneralizationStudy(images, size, seed, console);
        study.run(directory);

        assertThat(directory.resolve("generalization.png")).isNotEmptyFile();
        List<String> networks = Files.readAllLines(directory.resolve("networks.csv"));
        assertThat(networks).as("seed %d", seed).hasSize(1 + 8);
        assertThat(networks.get(1)).matches("batch8-lr0.02-decay0-seed1,8,0.02,0.0,1,\\d+,true,.*");
        assertThat(Stream.of(networks.get(1).split(",")).skip(7).map(Double::valueOf))
                .as("seed %d", seed)
                .hasSize(5 + 6)
                .allMatch(Double::isFinite);
        assertThat(Files.readAllLines(directory.resolve("correlations.csv")))
                .hasSize(1 + 6 * 9)
                .contains("measure,with,coefficient,value,low,high");
        assertFindings(3);

        Path missing = directory.resolve("batch16-lr0.05-decay0-seed2");
        Path frame = RunReader.open(missing).directory().frames();
        try (Stream<Path> files = Files.list(frame)) {
            Files.delete(files.findFirst().orElseThrow());
        }
        Path kept = directory.resolve("batch16-lr0.02-decay0-seed2").resolve("run.json");
        FileTime written = Files.getLastModifiedTime(kept);
        study.run(directory);
        assertThat(RunReader.open(missing).iterations()).hasSize(1);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);
        List<String> again = Files.readAllLines(directory.resolve("networks.csv"));
        assertThat(again.subList(0, 8)).as("seed %d", seed).isEqualTo(networks.subList(0, 8));
        assertThatIOException()
                .isThrownBy(() -> new GeneralizationStudy(images, size, seed + 1, console).run(directory))
                .withMessageContaining("has seed: " + seed);
    }

    /** What is left of the study when no network can be begun. */
    @Test
    void generalizationKeepsItsBudget() throws IOException {
        GeneralizationStudy.Size size = new GeneralizationStudy.Size(
                new DenseNetwork(List.of(4)),
                List.of(32),
                List.of(0.1),
                List.of(0.0),
                2,
                1e-9,
                1,
                3,
                Duration.ofNanos(-1));
        new GeneralizationStudy(images, size, seed, console).run(directory);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("0 of 2 networks trained, 0 of them to the criterion; --resume trains the others");
        assertThat(directory.resolve("generalization.png")).doesNotExist();
        assertFindings(0);
    }

    @Test
    void probeSize() throws IOException {
        ProbeSizeStudy.Size size =
                new ProbeSizeStudy.Size(List.of(2), 1, List.of(5, 25, 50), 2, 3, Duration.ofMinutes(10));
        ProbeSizeStudy study = new ProbeSizeStudy(images, size, seed, console);
        study.run(directory);

        assertThat(directory.resolve("probe-size.png")).isNotEmptyFile();
        List<String> probes = Files.readAllLines(directory.resolve("probes.csv"));
        assertThat(probes).hasSize(1 + 3 * 2 + 1);
        assertThat(probes.get(1)).startsWith("5,3,1,");
        assertThat(probes.get(7)).startsWith("100,64,1,");
        assertThat(Files.readAllLines(directory.resolve("errors.csv"))).hasSize(1 + 3 * 7);
        Frame all = RunReader.open(directory.resolve("all")).frame(1);
        assertThat(probes.get(7)).as("seed %d", seed).startsWith("100,64,1," + all.loss() + ",");
        assertFindings(4);

        FileTime written = Files.getLastModifiedTime(directory.resolve("model.zip"));
        study.run(directory);
        assertThat(Files.getLastModifiedTime(directory.resolve("model.zip"))).isEqualTo(written);
        assertThat(Files.readAllLines(directory.resolve("probes.csv"))).isEqualTo(probes);
    }

    @Test
    void gallery() throws IOException {
        new Gallery(images, new Gallery.Size(2, 1, 3, 16, FILM, FILM), seed, console).run(directory);

        for (String network : List.of("mobilenet-v2", "inception", "resnet-14", "vgg", "vgg-batchnorm", "plain-14")) {
            Frame frame = RunReader.open(directory.resolve(network)).frame(1);
            assertThat(frame.objective()).as(network).isEqualTo("compiled");
            assertThat(frame.surface().alpha()).containsExactly(-1, 0, 1);
        }
        assertThat(directory.resolve("gallery.png")).isNotEmptyFile();
        assertThat(directory.resolve("gallery.mp4")).isNotEmptyFile();
        assertFindings(1);
    }

    @Test
    void pcaTrajectory() throws IOException {
        new PcaTrajectory(images, new PcaTrajectory.Size(List.of(2), 2, 5, 32), seed, console).run(directory);

        TrajectoryMap map =
                TrajectoryFile.read(directory.resolve("pca-trajectory.h5")).orElseThrow();
        assertThat(map.trajectories()).extracting(TrajectoryValues::run).containsExactly("sgd", "adam");
        // Both start with the same weights, so the first snapshots are one point.
        assertThat(map.trajectories().get(0).alpha()[0])
                .as("seed %d", seed)
                .isEqualTo(map.trajectories().get(1).alpha()[0]);
        assertThat(map.trajectories().get(0).iterations()).containsExactly(0L, 1L, 2L);
        assertThat(directory.resolve("pca-trajectory.png")).isNotEmptyFile();
        assertFindings(1);
    }

    @Test
    void vggSeed() throws IOException {
        new VggSurfaces(images, new VggSurfaces.Size(1, 1e-3, 1, 5, 16, FILM), seed, console).run(directory);

        for (String kind : List.of("filter-normalized", "layer-normalized", "double-linear", "barycentric")) {
            Frame frame = RunReader.open(directory.resolve(kind)).frame(1);
            assertThat(frame.surface().evaluatedPoints()).isEqualTo(25);
            // Single precision, and BatchNorm is folded into the weights for only some slices.
            assertThat(frame.surface().loss()[2][2])
                    .as("%s, seed %d", kind, seed)
                    .isCloseTo(frame.loss(), withinPercentage(0.01));
        }
        assertFindings(1);
    }

    @Test
    void imagenetStyle() throws IOException {
        ImagenetStyle.Size size = new ImagenetStyle.Size(List.of(1, 1), 2, 32, 12, 3, 3, 1L << 20);
        new ImagenetStyle(images.training(), size, seed, console).run(directory);

        Frame frame = RunReader.open(directory.resolve("run")).frame(0);
        assertThat(frame.surface().evaluatedPoints()).isEqualTo(9);
        assertThat(frame.objective()).as("every layer is covered").isEqualTo("compiled");
        assertThat(directory.resolve("model.zip")).isNotEmptyFile();
        assertFindings(0);
    }

    /** Every claim appears with its numbers, and so does the time; file and console agree. */
    private void assertFindings(int claims) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("findings.txt"));
        for (String word : List.of("claim ", "seen ", "agrees ")) {
            assertThat(lines.stream().filter(line -> line.startsWith(word))).hasSize(claims);
        }
        assertThat(lines.get(lines.size() - 1))
                .matches("time    \\d+ min \\d\\d s(, \\d+ min \\d\\d s of processors)?");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(lines);
    }
}
