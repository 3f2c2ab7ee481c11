package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.NetworkStudy.Stage;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.StudyFile;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class NetworkStudyTest {

    /** Of the gradient's differences, in double: truncation of the order of h^2, rounding of 1e-16 / h. */
    private static final double STEP = 1e-5;

    private final long seed = Seeds.fresh("NetworkStudyTest");
    private final Random random = new Random(seed);
    private final MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
    private final Probe probe = Probe.of(Networks.data(40, seed + 1, 6));
    private final Objective objective = objective(probe);
    private final Objective validation = objective(Probe.of(Networks.data(40, seed + 2, 6)));
    private final INDArray theta = objective.layout().pack(network.params());
    private final DirectionPair directions =
            new RandomDirections(seed, DirectionOptions.DEFAULT).at(objective.layout(), theta);

    @TempDir
    private Path directory;

    @Test
    void aConvexityMapHasTheEigenvaluesOfEachPointsHessian() {
        Grid grid = new Grid(new Axis(-1, 0.5, 13), Axis.symmetric(5, 0.75));
        ConvexityMap map = new ConvexityMap(grid, 3);
        new ConvexityEvaluator(objective, ConvexityEvaluator.OPTIONS).fill(map, theta, directions, () -> false);
        assertThat(map.complete()).isTrue();
        ConvexityValues values = map.values();
        double[] alpha = grid.alpha().coordinates();
        double[] beta = grid.beta().coordinates();
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 13; column++) {
                boolean asked = row % 2 == 0 && column % 6 == 0;
                assertThat(values.evaluated()[row][column]).isEqualTo(asked);
                if (!asked) {
                    assertThat(values.largest()[row][column]).isNaN();
                    continue;
                }
                double[] exact = eigenvalues(alpha[column], beta[row]);
                double tolerance = 1e-2 * exact[0];
                String where = "alpha " + alpha[column] + ", beta " + beta[row] + ", seed " + seed;
                assertThat(values.converged()[row][column]).as(where).isTrue();
                assertThat(values.largest()[row][column]).as(where).isCloseTo(exact[0], within(tolerance));
                assertThat(values.smallest()[row][column])
                        .as(where)
                        .isCloseTo(exact[exact.length - 1], within(tolerance));
                assertThat(values.ratio()[row][column])
                        .as(where)
                        .isCloseTo(Math.abs(exact[exact.length - 1] / exact[0]), within(3e-2));
            }
        }
    }

    @Test
    void aStudyThatIsStoppedAnywhereEndsWithTheSameBits() throws IOException {
        NetworkStudy whole = study();
        List<Stage> stages = new ArrayList<>();
        whole.run((stage, done, of) -> {
            if (!stages.contains(stage)) {
                stages.add(stage);
            }
            return false;
        });
        assertThat(stages).containsExactly(Stage.SURFACE, Stage.CURVATURE, Stage.CONVEXITY);
        assertThat(whole.study().frame().curvature().largest())
                .as("seed %d", seed)
                .hasSize(2)
                .allMatch(value ->
                        value.samplingError().isPresent() && value.validation().isPresent());
        assertThat(whole.study().frame().quantities()).containsKeys("surface_minima", "surface_persistence");
        Path file = directory.resolve("study.h5");
        NetworkStudy first = study();
        first.run(stopAfter(1 + random.nextInt(5)));
        StudyFile.write(file, first.study());
        assertThat(first.study().frame().status()).isEqualTo(Frame.Status.PARTIAL);
        int parts = 1;
        for (boolean complete = false; !complete; parts++) {
            NetworkStudy next = study();
            next.goOnFrom(StudyFile.readSurface(file));
            next.run(stopAfter(3 + random.nextInt(3)));
            StudyFile.write(file, next.study());
            complete = next.complete();
        }
        assertThat(parts).as("seed %d", seed).isGreaterThan(3);
        assertSame(StudyFile.readSurface(file), whole.study());
    }

    @Test
    void anAdaptiveStudyThatIsStoppedAnywhereEndsWithTheSameBits() throws IOException {
        StudyOptions options = options().withGrid(Grid.DEFAULT).withTolerance(0.005);
        NetworkStudy whole = study(options);
        whole.run((stage, done, of) -> false);
        assertThat(whole.complete()).isTrue();
        SurfaceValues surface = whole.study().frame().surface();
        assertThat(surface.interpolation()).isPresent();
        Path file = directory.resolve("adaptive.h5");
        NetworkStudy part = study(options);
        for (int parts = 0; !part.complete(); parts++) {
            part.run(stopAfter(4 + random.nextInt(5)));
            StudyFile.write(file, part.study());
            assertThat(parts).as("seed %d", seed).isLessThan(surface.evaluatedPoints());
            NetworkStudy next = study(options);
            next.goOnFrom(StudyFile.readSurface(file));
            part = part.complete() ? part : next;
        }
        assertSame(StudyFile.readSurface(file), whole.study());
    }

    @Test
    void onlyTheSameIsGoneOnWith() throws IOException {
        Path file = directory.resolve("study.h5");
        RunProvenance one = provenance(Map.of("seed", 1, "range", List.of(-1.0, 1.0)));
        RunProvenance same = provenance(Map.of("seed", 1L, "range", List.of(-1.0, 1.0)));
        StudyFile.requireSame(file, one, same, difference -> difference);
        assertThatThrownBy(() -> StudyFile.requireSame(
                        file,
                        one,
                        provenance(Map.of("seed", 2, "range", List.of(-1.0, 1.0))),
                        difference -> difference))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("options.seed is 2, in the run it is 1");
    }

    @Test
    void parametersThatAreNotFiniteEndAStudyAtOnce() {
        INDArray broken = network.params().dup();
        broken.putScalar(0, Double.NaN);
        NetworkStudy study = new NetworkStudy(
                objective,
                FrameProbes.UNKNOWN,
                new ParameterSnapshot(0, 0, broken),
                directions,
                options(),
                provenance(Map.of()));
        study.run((stage, done, of) -> false);
        assertThat(study.complete()).isTrue();
        assertThat(study.study().frame().status()).isEqualTo(Frame.Status.DIVERGED);
        assertThat(study.study().frame().curvature().reason()).hasValue("diverged");
    }

    @Test
    void aMapWhosePointsAreNotTheSurfacesIsRefused() {
        assertThatThrownBy(() -> new ConvexityMap(Grid.square(25, 1), 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with 25 a side: choose one of [2, 3, 4, 5, 7, 9, 13, 25], got 6");
    }

    private NetworkStudy study() {
        return study(options());
    }

    private NetworkStudy study(StudyOptions options) {
        return new NetworkStudy(
                objective,
                new FrameProbes(Optional.of(probe), Optional.of(validation)),
                new ParameterSnapshot(7, 1, network.params()),
                directions,
                options,
                provenance(Map.of("seed", seed)));
    }

    private static StudyOptions options() {
        return StudyOptions.DEFAULT
                .withGrid(Grid.square(9, 1))
                .withCurvature(CurvatureOptions.DEFAULT.withEigenvalues(2))
                .withPlanes(RandomPlanes.of(3).withPoints(5))
                .withConvexity(3);
    }

    private static NetworkStudy.Watch stopAfter(int questions) {
        AtomicInteger left = new AtomicInteger(questions);
        return (stage, done, of) -> left.decrementAndGet() < 0;
    }

    private RunProvenance provenance(Map<String, Object> options) {
        return new RunProvenance(
                "study",
                Map.of(),
                "CPU",
                objective.name(),
                "{}",
                ParameterArrays.described(objective.layout()),
                "DOUBLE",
                options,
                List.of(),
                "40 examples");
    }

    private void assertSame(SurfaceStudy actual, SurfaceStudy expected) {
        String why = "seed " + seed;
        Frame a = actual.frame();
        Frame b = expected.frame();
        assertThat(a.status()).as(why).isEqualTo(b.status()).isEqualTo(Frame.Status.COMPLETE);
        assertBits(a.surface().loss(), b.surface().loss());
        assertBits(a.surface().accuracy().orElseThrow(), b.surface().accuracy().orElseThrow());
        assertBits(
                a.surface().validationLoss().orElseThrow(),
                b.surface().validationLoss().orElseThrow());
        assertThat(a.curvature()).as(why).usingRecursiveComparison().isEqualTo(b.curvature());
        assertThat(a.quantities()).as(why).isEqualTo(b.quantities());
        ConvexityValues first = actual.convexity().orElseThrow();
        ConvexityValues second = expected.convexity().orElseThrow();
        assertBits(first.smallest(), second.smallest());
        assertBits(first.largest(), second.largest());
        assertBits(first.smallestResidual(), second.smallestResidual());
        assertBits(first.converged(), second.converged());
        assertBits(first.products(), second.products());
    }

    /** NaN is as good as any other value here. */
    private void assertBits(Object[] actual, Object[] expected) {
        assertThat(Arrays.deepEquals(actual, expected)).as("seed %d", seed).isTrue();
    }

    private Objective objective(Probe of) {
        return ObjectiveChoice.of(network, of, ObjectiveOptions.DEFAULT, true).objective();
    }

    /** Of the matrix of differences of the gradient, descending: another road to the same Hessian. */
    private double[] eigenvalues(double alpha, double beta) {
        INDArray point =
                theta.add(directions.delta().mul(alpha)).addi(directions.eta().mul(beta));
        int n = (int) point.length();
        double[][] hessian = new double[n][];
        for (int i = 0; i < n; i++) {
            INDArray above = point.dup().putScalar(i, point.getDouble(i) + STEP);
            INDArray below = point.dup().putScalar(i, point.getDouble(i) - STEP);
            hessian[i] = objective
                    .gradient(above)
                    .subi(objective.gradient(below))
                    .divi(2 * STEP)
                    .toDoubleVector();
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                hessian[i][j] = (hessian[i][j] + hessian[j][i]) / 2;
                hessian[j][i] = hessian[i][j];
            }
        }
        return new EigenDecomposition(new Array2DRowRealMatrix(hessian)).getRealEigenvalues();
    }
}
