package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.CheckpointDirections;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.direction.RandomDirections;
import org.thalweg.direction.ScaleReference;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** A run is continued only with exactly the options that it was started with. */
@Timeout(120)
class ResumedSettingsTest {

    private static final long SEED = Seeds.fresh("ResumedSettingsTest");

    /** Recorded by Thalweg 0.1.0: the network of seed 20 on its data, at its fifth iteration. */
    private static final Path OLD = Path.of("src/test/resources/recorded/0.1.0");

    @TempDir
    private Path directory;

    private interface Options extends UnaryOperator<LandscapeListenerBuilder> {}

    private static Arguments pair(String difference, Options before, Options now) {
        return Arguments.of(difference, before, now);
    }

    private static DirectionSource eigenvectors(Lanczos lanczos) {
        return new EigenvectorDirections(Ends.LARGEST_TWO, lanczos, KrylovBudget.DEFAULT);
    }

    static Stream<Arguments> options() {
        Lanczos lanczos = Lanczos.DEFAULT.withTolerance(0.1, Lanczos.DEFAULT.rule());
        CurvatureOptions traced = CurvatureOptions.DEFAULT.withTrace(
                TraceOptions.DEFAULT.withSketch(1).withSamples(2));
        INDArray checkpoint = Networks.mlp(DataType.DOUBLE, SEED + 1).params();
        INDArray other = Networks.mlp(DataType.DOUBLE, SEED + 2).params();
        return Stream.of(
                pair(
                        "surface.plane.source.seed is 2, in the run it is 1",
                        plane(random(1).orthogonalized()),
                        plane(random(2).orthogonalized())),
                pair(
                        "surface.plane.lanczos.basisSize is 30, in the run it is 40",
                        plane(eigenvectors(lanczos)),
                        plane(eigenvectors(lanczos.withBasisSize(30)))),
                pair(
                        "surface.plane.kind is \"RandomDirections\", in the run it is \"OrthogonalDirections\"",
                        plane(random(1).orthogonalized()),
                        plane(random(1))),
                pair(
                        "surface.plane.second.digest is",
                        plane(new CheckpointDirections(Nd4j.ones(checkpoint.shape()), checkpoint)),
                        plane(new CheckpointDirections(Nd4j.ones(checkpoint.shape()), other))),
                pair(
                        "surface.tolerance is 0.01, in the run it is 0.005",
                        to -> to,
                        to -> to.surface(SurfaceOptions.DEFAULT.withTolerance(0.01))),
                pair(
                        "surface.tolerance is absent, in the run it is 0.005",
                        to -> to,
                        to -> to.surface(SurfaceOptions.DEFAULT.withAllPoints())),
                pair(
                        "objective.seed is 8, in the run it is 7",
                        to -> to.objective(ObjectiveOptions.DEFAULT
                                .withMode(ObjectiveMode.TRAINING)
                                .withSeed(7)),
                        to -> to.objective(ObjectiveOptions.DEFAULT
                                .withMode(ObjectiveMode.TRAINING)
                                .withSeed(8))),
                pair(
                        "curvature.trace.seed is 3, in the run it is 12345",
                        to -> to.curvature(traced),
                        to -> to.curvature(
                                traced.withTrace(traced.trace().orElseThrow().withSeed(3)))),
                pair(
                        "curvature.eigenvalues.lanczos.basisSize is 41, in the run it is 40",
                        to -> to.curvature(traced),
                        to -> to.curvature(traced.withLanczos(Lanczos.DEFAULT.withBasisSize(41)))),
                pair(
                        "lastStep is true, in the run it is false",
                        to -> to,
                        to -> to.quantities(QuantityOptions.DEFAULT.withLastStep(true))));
    }

    private static DirectionSource random(long seed) {
        return new RandomDirections(seed, DirectionOptions.DEFAULT);
    }

    private static Options plane(DirectionSource plane) {
        return to -> to.surface(SurfaceOptions.DEFAULT.withPlane(plane).withGrid(3, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void otherOptionsAreRefusedByName(String difference, Options before, Options now) throws IOException {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, SEED);
        before.apply(builder(network)).build().close();
        String description = Files.readString(directory.resolve("run.json"));
        assertThatThrownBy(() -> now.apply(builder(network)).build())
                .as("seed %d", SEED)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("settings." + difference);
        before.apply(builder(network)).build().close();
        assertThat(Files.readString(directory.resolve("run.json"))).isEqualTo(description);
    }

    private LandscapeListenerBuilder builder(MultiLayerNetwork network) {
        return LandscapeListener.builder(network)
                .probe(Probe.of(Networks.data(8, SEED, 6)))
                .grid(3)
                .recordTo(directory);
    }

    /** What it does not have is not compared; what it has is compared as the version that recorded it did. */
    @Test
    void aRunOfTheVersionBeforeIsReadAndContinued() throws IOException {
        FileUtils.copyDirectory(OLD.toFile(), directory.toFile());
        RunReader run = RunReader.open(directory);
        assertThat(run.provenance().settings()).isEmpty();
        assertThat(run.provenance().options()).containsEntry("camera", "frozen").containsEntry("seed", 7L);
        assertThat(run.frame(5).curvature().trace()).isPresent();
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(
                directory.resolve("model.zip").toFile(), true);

        assertThatThrownBy(() -> old(network, 8).build()).hasMessageContaining("options.seed is 8, in the run it is 7");
        String said = StandardError.during(() -> {
            try (LandscapeListener listener = old(network, 7).build()) {
                network.addListeners(listener);
                network.fit(new ListDataSetIterator<>(oldData().asList(), 4), 1);
            }
        });
        assertThat(said).containsOnlyOnce("recorded before Thalweg 0.2.0");
        assertThat(RunReader.open(directory).iterations()).containsExactly(0L, 5L, 10L);
        assertThat(Files.readAllLines(directory.resolve("metrics.csv"))).hasSize(4);
    }

    private static DataSet oldData() {
        return Networks.data(20, 20, 6);
    }

    private LandscapeListenerBuilder old(MultiLayerNetwork network, long seed) {
        return LandscapeListener.builder(network)
                .probe(Probe.of(oldData()))
                .surface(SurfaceOptions.DEFAULT
                        .withGrid(3, 1)
                        .withDirections(DirectionOptions.DEFAULT.withScaleReference(ScaleReference.FIRST))
                        .withSeed(seed))
                .curvature(CurvatureOptions.DEFAULT.withEigenvalues(2).withTrace(TraceOptions.DEFAULT))
                .recording(RecordingOptions.DEFAULT.withWeights(true).withDirectory(directory));
    }
}
