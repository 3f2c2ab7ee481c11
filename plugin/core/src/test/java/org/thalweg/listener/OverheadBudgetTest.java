package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.analysis.AnalysisCost;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.Effort;
import org.thalweg.analysis.FrameAnalysis;
import org.thalweg.analysis.SurfaceObjectives;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.Frame;
import org.thalweg.metrics.MeterNames;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.recording.RunReader;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** Frames within a budget, on real networks; {@link OverheadGovernorTest} has the choices. */
@Timeout(120)
class OverheadBudgetTest {

    private static final long SEED = Seeds.fresh("OverheadBudgetTest");

    private final DataSet data = Networks.data(20, SEED, 6);
    private final MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, SEED);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void frameZeroIsTheLeastOthersAreLeftOutAndWhatIsAskedForIsWhole(boolean inline) throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LandscapeListenerBuilder builder = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(5)
                .pacing(EveryFrame.of(inline).withOverheadBudget(1e-9))
                .meterRegistry(registry)
                .recordTo(directory);
        String said = StandardError.during(() -> trainAndCapture(builder));
        assertThat(said)
                .containsOnlyOnce("frames are skipped (budget), the first at iteration 5")
                .containsOnlyOnce("3 frames were skipped: 3 (budget)");
        RunReader run = RunReader.open(directory);
        assertThat(run.iterations()).containsExactly(0L, 16L);
        Frame least = run.frame(0);
        assertThat(least.status()).isEqualTo(Frame.Status.PARTIAL);
        assertThat(least.surface().evaluatedPoints()).isEqualTo(9);
        assertThat(least.curvature().reason()).contains("budget");
        assertThat(least.quantities())
                .containsEntry("budget_grid", 3.0)
                .containsEntry("budget_examples", 20.0)
                .containsEntry("skipped_frames", 0.0);
        Frame whole = run.frame(16);
        assertThat(whole.status()).isEqualTo(Frame.Status.COMPLETE);
        assertThat(whole.quantities()).containsEntry("budget_grid", 5.0).containsEntry("skipped_frames", 3.0);
        assertThat(whole.quantities().get("overhead")).isBetween(0.0, 1.0);
        assertThat(registry.get(MeterNames.SKIPPED.meterName())
                        .tag("reason", "budget")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get(MeterNames.QUANTITY.meterName())
                        .tag("name", "overhead")
                        .gauge()
                        .value())
                .isEqualTo(whole.quantities().get("overhead"));
    }

    private void trainAndCapture(LandscapeListenerBuilder builder) {
        try (LandscapeListener listener = builder.build()) {
            network.addListeners(listener);
            network.fit(new ListDataSetIterator<>(data.asList(), 4), 3);
            network.fit(data);
            listener.capture(network);
        }
    }

    @Test
    void budgetsThatAreNoSharesAreRefused() {
        for (double share : new double[] {0, -0.05, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> PacingOptions.DEFAULT.withOverheadBudget(share))
                    .hasMessageContaining("share in (0, 1]")
                    .hasMessageContaining("got " + share);
        }
    }

    @Test
    void whatFramesCostIsTimed() {
        AnalysisCost alone = cost(Optional.empty(), false);
        assertThat(alone.setup()).as("seed %d", SEED).isNotNegative();
        assertThat(alone.point()).as("seed %d", SEED).isPositive();
        assertThat(alone.product()).as("seed %d", SEED).isGreaterThan(alone.point());
        assertThat(alone.other()).as("seed %d", SEED).isPositive();
        // A thousand times as many images, so that it shows however the times vary.
        AnalysisCost validated = cost(Optional.of(Networks.data(20_000, SEED, 6)), true);
        assertThat(validated.point()).as("seed %d", SEED).isGreaterThan(validated.product());
        assertThat(validated.other()).as("the plane is there already").isZero();
    }

    private AnalysisCost cost(Optional<DataSet> validation, boolean fixedPlane) {
        Objective objective = objective(Probe.of(data));
        AnalysisOptions options = AnalysisOptions.DEFAULT
                .withGrid(Grid.square(3, 1))
                .withSeed(SEED)
                .withQuantities(List.of())
                .withFixedPlane(fixedPlane);
        FrameAnalysis analysis = new FrameAnalysis(
                objective, validation.map(Probe::of).map(objective::withProbe).orElse(null), options);
        return analysis.cost(SnapshotScheduler.snapshot(network, 0, 0), frame(analysis, Effort.LEAST));
    }

    @Test
    void aFrameOfLessEffortHasTheValuesOfAWholeOneWhereItHasAny() {
        Probe probe = Probe.of(data);
        Objective objective = objective(probe);
        AnalysisOptions options = AnalysisOptions.DEFAULT
                .withGrid(Grid.square(9, 1))
                .withSeed(SEED)
                .withCurvature(CurvatureOptions.DEFAULT.withEigenvalues(1))
                .withQuantities(List.of());
        FrameAnalysis analysis = new FrameAnalysis(SurfaceObjectives.of(objective, probe), null, options);
        Frame whole = frame(analysis, Effort.FULL);
        Frame coarse = frame(analysis, new Effort(2, 1, 12));
        assertThat(coarse.status()).isEqualTo(Frame.Status.PARTIAL);
        assertThat(coarse.surface().evaluatedPoints()).isEqualTo(25);
        for (int row = 0; row < 9; row += 2) {
            for (int column = 0; column < 9; column += 2) {
                assertThat(coarse.surface().loss()[row][column])
                        .as("seed %d, point %d, %d", SEED, row, column)
                        .isEqualTo(whole.surface().loss()[row][column]);
            }
        }
        assertThat(coarse.curvature().products()).isLessThanOrEqualTo(12);
        double lambdaMax = whole.curvature().lambdaMax().orElseThrow().value();
        assertThat(coarse.curvature().lambdaMax().orElseThrow().value())
                .as("seed %d: a Ritz value is no larger than the eigenvalue, but for rounding", SEED)
                .isLessThanOrEqualTo(lambdaMax * (1 + 1e-9) + 1e-12);

        Frame thin = frame(analysis, new Effort(1, 2, Integer.MAX_VALUE));
        assertThat(thin.loss())
                .as("seed %d", SEED)
                .isEqualTo(frame(new FrameAnalysis(objective.withProbe(probe.everyNth(2)), null, options), Effort.FULL)
                        .loss());
        assertThat(thin.curvature().largest())
                .as("seed %d", SEED)
                .isEqualTo(whole.curvature().largest());
    }

    private Objective objective(Probe probe) {
        return ObjectiveChoice.of(network, probe, ObjectiveOptions.DEFAULT, false)
                .objective();
    }

    private Frame frame(FrameAnalysis analysis, Effort effort) {
        return analysis.analyze(SnapshotScheduler.snapshot(network, 0, 0), TrainingState.UNKNOWN, effort, () -> false);
    }
}
