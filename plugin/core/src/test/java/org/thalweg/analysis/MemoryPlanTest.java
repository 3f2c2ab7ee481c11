package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Frames of all memory plans show the same landscape; the smaller ones show less of its curvature, and say so. */
class MemoryPlanTest {

    private final long seed = Seeds.fresh("MemoryPlanTest");
    private final MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, false);
    private final DataSet data = Networks.data(60, seed, 1, 8, 8);
    private final Objective objective = objective(ObjectiveMode.RUNNING);

    @AfterEach
    void close() {
        objective.close();
    }

    @Test
    void eachPlanShowsTheSameLandscape() {
        Frame whole = frame(MemoryPlan.WHOLE);
        Frame eigenvalues = frame(MemoryPlan.EIGENVALUES);
        Frame surface = frame(MemoryPlan.SURFACE);
        for (MemoryPlan plan : MemoryPlan.values()) {
            Frame frame = frame(plan);
            assertThat(frame.loss()).as("%s, seed %d", plan, seed).isCloseTo(whole.loss(), within(1e-12));
            assertThat(frame.surface().loss()[0][0])
                    .as("%s, seed %d", plan, seed)
                    .isCloseTo(whole.surface().loss()[0][0], within(1e-12));
            assertThat(frame.status() == Frame.Status.COMPLETE)
                    .as("%s, seed %d", plan, seed)
                    .isEqualTo(plan.isComplete());
            assertThat(frame.curvature().trace().isPresent())
                    .as("%s, seed %d", plan, seed)
                    .isEqualTo(plan.isComplete());
            assertThat(frame.quantities().containsKey("gradient_norm"))
                    .as("%s, seed %d", plan, seed)
                    .isEqualTo(plan.isComplete());
            Stream.concat(frame.curvature().largest().stream(), frame.curvature().smallest().stream())
                    .forEach(pair -> assertThat(Math.min(
                                    distance(pair, whole.curvature().largest().get(0)),
                                    distance(pair, whole.curvature().smallest().get(0))))
                            .as("%s, seed %d", plan, seed)
                            .isLessThan(1e-6));
        }
        assertThat(surface.curvature().reason()).contains("memory");
        assertThat(eigenvalues.curvature().largest()).hasSize(1);
    }

    @Test
    void smallBatchesTakeLessMemoryUnlessTheyArePartOfTheFunction() {
        MemoryUse whole = objective.memoryUse().orElseThrow();
        try (Objective small = MemoryPlan.SMALL_BATCHES.of(objective)) {
            MemoryUse use = small.memoryUse().orElseThrow();
            assertThat(use.batches()).as("seed %d", seed).isGreaterThan(whole.batches());
            assertThat(use.bytes()).as("seed %d", seed).isLessThan(whole.bytes() / 2);
        }
        try (Objective fixed = objective(ObjectiveMode.BATCH);
                Objective small = MemoryPlan.SMALL_BATCHES.of(fixed)) {
            assertThat(small.memoryUse().orElseThrow().batches())
                    .as("seed %d", seed)
                    .isEqualTo(fixed.memoryUse().orElseThrow().batches());
        }
    }

    @Test
    void aSmallBasisHoldsWhatIsWanted() {
        CurvatureOptions options = CurvatureOptions.DEFAULT.withEigenvalues(EigenvalueQuery.of(3, 1));
        assertThat(MemoryPlan.SMALL_BASIS
                        .of(options)
                        .orElseThrow()
                        .eigenvalues()
                        .lanczos()
                        .basisSize())
                .isEqualTo(10);
        assertThat(MemoryPlan.WHOLE.of(options)).contains(options);
        assertThat(MemoryPlan.SURFACE.of(options)).isEmpty();
    }

    private static double distance(Eigenvalue a, Eigenvalue b) {
        return Math.abs(a.value() - b.value());
    }

    private Frame frame(MemoryPlan plan) {
        AnalysisOptions options = AnalysisOptions.DEFAULT
                .withGrid(Grid.square(3, 1))
                .withCurvature(CurvatureOptions.UNTIMED
                        .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
                        .withTolerance(1e-6, ToleranceRule.RELATIVE_TO_LARGEST)
                        .withTrace(TraceOptions.DEFAULT));
        FrameAnalysis analysis = new FrameAnalysis(SurfaceObjectives.of(objective, Probe.of(data)), null, options);
        ParameterSnapshot snapshot =
                new ParameterSnapshot(0, 0, network.params().dup());
        return analysis.analyze(snapshot, TrainingState.UNKNOWN, Effort.FULL.withMemory(plan), () -> false);
    }

    private Objective objective(ObjectiveMode mode) {
        return CompiledObjective.of(
                network, Probe.of(data), ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(60));
    }
}
