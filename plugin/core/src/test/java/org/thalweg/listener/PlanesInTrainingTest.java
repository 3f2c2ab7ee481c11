package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.GradientDirections;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Kinds of planes and grids, live. */
@Timeout(120)
class PlanesInTrainingTest {

    private final long seed = Seeds.fresh("PlanesInTrainingTest");

    /** Five iterations an epoch. */
    private final DataSet data = Networks.data(20, seed, 6);

    @TempDir
    private Path directory;

    private final MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);

    @Test
    void anyGridWithTheMinimizerInIt() throws Exception {
        RunReader run = train(
                builder(SurfaceOptions.DEFAULT.withGrid(new Grid(new Axis(-0.5, 1, 7), Axis.symmetric(3, 0.25)))));
        Frame frame = run.frame(10);
        assertThat(frame.surface().alpha()).containsExactly(-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1);
        assertThat(frame.surface().beta()).containsExactly(-0.25, 0, 0.25);
        assertThat(frame.surface().loss()[1][2]).as("seed %d", seed).isEqualTo(frame.loss());
        assertThat(run.provenance().options())
                .containsEntry("plane", "random")
                .hasEntrySatisfying("grid", grid -> assertThat(grid).hasToString("[7, 3]"))
                .hasEntrySatisfying("range", range -> assertThat(range).hasToString("[-0.5, 1.0, -0.25, 0.25]"));
        assertThatThrownBy(() -> SurfaceOptions.DEFAULT.withGrid(new Grid(Axis.symmetric(4, 1), Axis.symmetric(3, 1))))
                .hasMessageContaining("alpha = 0")
                .hasMessageContaining("4 points");
    }

    /** Along the eigenvectors, the second derivatives of the loss are the eigenvalues. */
    @Test
    void theEigenplaneBendsByTheEigenvalues() throws Exception {
        double h = 1e-3;
        RunReader run = train(builder(SurfaceOptions.DEFAULT
                .withGrid(3, h)
                .withPlane(new EigenvectorDirections(EigenvectorDirections.Ends.LARGEST_AND_SMALLEST))));
        Frame frame = run.frame(10);
        double[][] loss = frame.surface().loss();
        Map<String, Double> quantities = frame.quantities();
        double bend = (loss[1][0] + loss[1][2] - 2 * loss[1][1]) / (h * h);
        double lambdaMax = frame.curvature().lambdaMax().orElseThrow().value();
        assertThat(quantities.get("delta_eigenvalue"))
                .as("seed %d", seed)
                .isCloseTo(lambdaMax, within(1e-3 * lambdaMax));
        // A Ritz value is off by no more than the tolerance; fourth derivatives and rounding are below that.
        assertThat(bend).as("seed %d", seed).isCloseTo(lambdaMax, within(3e-3 * lambdaMax));
        assertThat(quantities).containsKeys("delta_residual", "eta_residual", "direction_cosine");
        assertThat(quantities.get("direction_cosine")).as("seed %d", seed).isCloseTo(0, within(1e-6));
        assertThat(run.provenance().options())
                .hasEntrySatisfying(
                        "plane", plane -> assertThat(plane.toString()).contains("largest and the smallest"));
    }

    @Test
    void theLastStepLeadsBackToWhereTrainingWas() throws Exception {
        RunReader run = train(builder(SurfaceOptions.DEFAULT
                        .withGrid(3, 1)
                        .withPlane(new GradientDirections(new RandomDirections(seed, DirectionOptions.DEFAULT))))
                .schedule(Schedule.everyIterations(1))
                .quantities(QuantityOptions.DEFAULT.withLastStep(true))
                .recording(RecordingOptions.DEFAULT.withWeights(true)));
        Frame before = run.frame(6);
        Frame after = run.frame(7);
        // beta = -1 is one step back.
        assertThat(after.surface().loss()[0][1]).as("seed %d", seed).isCloseTo(before.loss(), within(1e-9));
        RealVector step = vector(run.weights(7)).subtract(vector(run.weights(6)));
        assertThat(after.quantities().get("step_length")).as("seed %d", seed).isCloseTo(step.getNorm(), within(1e-9));
    }

    /** Where minimizers lie on the first frame's plane, computed from recorded data by another method. */
    @Test
    void aFixedPlaneTellsWhereTheMinimizerIs() throws Exception {
        RunReader run = train(fixed());
        RealVector origin = vector(run.weights(0));
        RealMatrix plane = new Array2DRowRealMatrix(origin.getDimension(), 2);
        plane.setColumnVector(0, vector(axis(run.directions(0), "delta/")));
        plane.setColumnVector(1, vector(axis(run.directions(0), "eta/")));
        QRDecomposition decomposition = new QRDecomposition(plane);
        for (long iteration : run.iterations()) {
            Frame frame = run.frame(iteration);
            RealVector way = vector(run.weights(iteration)).subtract(origin);
            RealVector place = decomposition.getSolver().solve(way);
            Map<String, Double> found = frame.quantities();
            // Directions are recorded in single precision.
            assertThat(found.get("trajectory_alpha"))
                    .as("at %d, seed %d", iteration, seed)
                    .isCloseTo(place.getEntry(0), within(1e-6));
            assertThat(found.get("trajectory_beta"))
                    .as("at %d, seed %d", iteration, seed)
                    .isCloseTo(place.getEntry(1), within(1e-6));
            assertThat(found.get("trajectory_distance"))
                    .as("at %d, seed %d", iteration, seed)
                    .isCloseTo(way.subtract(plane.operate(place)).getNorm(), within(1e-6));
            assertThat(found.get("trajectory_concealed"))
                    .as("at %d, seed %d", iteration, seed)
                    .isCloseTo(frame.loss() - found.getOrDefault("trajectory_plane_loss", Double.NaN), within(1e-12));
            assertThat(frame.surface().loss())
                    .as("the same surface at %d, seed %d", iteration, seed)
                    .isDeepEqualTo(run.frame(0).surface().loss());
        }
        assertThat(run.frame(10).loss())
                .as("seed %d", seed)
                .isNotEqualTo(run.frame(0).loss());
        assertThat(run.frame(0).surface().loss()[1][1]).isEqualTo(run.frame(0).loss());
        assertThat(run.provenance().options()).containsEntry("fixedPlane", true);

        RunReader more = train(fixed());
        assertThat(more.frame(20).surface().loss())
                .isDeepEqualTo(run.frame(0).surface().loss());
        assertThat(more.frame(20).quantities().get("trajectory_distance")).isPositive();
    }

    private LandscapeListenerBuilder fixed() {
        return builder(SurfaceOptions.DEFAULT.withGrid(3, 1).withFixedPlane(true))
                .recording(RecordingOptions.DEFAULT.withWeights(true).withDirections(true));
    }

    private LandscapeListenerBuilder builder(SurfaceOptions surface) {
        return LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .surface(surface)
                .pacing(EveryFrame.QUEUED)
                .recordTo(directory.resolve("run"));
    }

    private RunReader train(LandscapeListenerBuilder builder) throws Exception {
        try (LandscapeListener listener = builder.build()) {
            network.setListeners(listener);
            network.fit(new ListDataSetIterator<>(data.asList(), 4), 2);
        }
        return RunReader.open(directory.resolve("run"));
    }

    private static List<NamedArray> axis(List<NamedArray> directions, String prefix) {
        return directions.stream()
                .filter(array -> array.name().startsWith(prefix))
                .map(array -> new NamedArray(array.name().substring(prefix.length()), array.shape(), array.values()))
                .toList();
    }

    /** All arrays one after the other, by name. */
    private static RealVector vector(List<NamedArray> arrays) {
        List<NamedArray> sorted = new ArrayList<>(arrays);
        sorted.sort(Comparator.comparing(NamedArray::name));
        double[] values = new double[0];
        for (NamedArray array : sorted) {
            double[] more = array.values() instanceof double[] doubles ? doubles : widened((float[]) array.values());
            int length = values.length;
            values = Arrays.copyOf(values, length + more.length);
            System.arraycopy(more, 0, values, length, more.length);
        }
        return new ArrayRealVector(values, false);
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }
}
