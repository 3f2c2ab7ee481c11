package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.ExplainedVariance;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.surface.LossSurface;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/** Gradient descent on a quadratic, whose every step is a formula. */
class TrajectoryAnalysisTest {

    private static final double RATE = 0.1;

    private final long seed = Seeds.fresh("TrajectoryAnalysisTest");
    private final Random random = new Random(seed);
    private final INDArray curvature = Nd4j.createFromArray(6.0, 1.0, 0.2, 0.1);
    private final QuadraticObjective objective = new QuadraticObjective(curvature);

    @RepeatedTest(3)
    void theSurfaceUnderEachRunIsTheQuadratic() {
        List<RunSnapshots> runs = List.of(descent("one", 8), descent("other", 5));
        TrajectoryAnalysis analysis = TrajectoryAnalysis.ofComponents(objective, null, runs);
        LossSurface surface = analysis.empty(analysis.grid(9));
        analysis.fill(surface, () -> false);
        TrajectoryMap map = analysis.map(surface);
        assertThat(map.frame().status()).isEqualTo(Frame.Status.COMPLETE);
        INDArray origin = runs.get(0).last().parameters();
        assertThat(map.frame().loss()).isCloseTo(loss(origin), within(1e-12));
        assertThat(map.frame().iteration()).isEqualTo(7);
        assertThat(map.origin()).isEqualTo("one, iteration 7");
        INDArray delta = direction(map, 0);
        INDArray eta = direction(map, 1);
        SurfaceValues values = map.frame().surface();
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                INDArray point = origin.add(delta.mul(values.alpha()[column])).addi(eta.mul(values.beta()[row]));
                // The directions in the map are in single precision.
                assertThat(values.loss()[row][column])
                        .as("seed %d", seed)
                        .isCloseTo(loss(point), within(1e-5 * (1 + loss(point))));
            }
        }
        for (int i = 0; i < runs.size(); i++) {
            requirePlaces(map.trajectories().get(i), runs.get(i), origin, delta, eta);
        }
        ExplainedVariance variance = map.variance().orElseThrow();
        assertThat(variance.ratio()[0] + variance.ratio()[1]).isLessThanOrEqualTo(1 + 1e-12);
    }

    private void requirePlaces(
            TrajectoryValues found, RunSnapshots run, INDArray origin, INDArray delta, INDArray eta) {
        assertThat(found.run()).isEqualTo(run.run());
        for (int i = 0; i < found.size(); i++) {
            INDArray point = run.snapshots().get(i).parameters();
            INDArray onPlane = origin.add(delta.mul(found.alpha()[i])).addi(eta.mul(found.beta()[i]));
            INDArray rest = point.sub(onPlane);
            double reach = 1 + point.norm2Number().doubleValue();
            assertThat(found.loss()[i]).as("seed %d", seed).isCloseTo(loss(point), within(1e-12 * (1 + loss(point))));
            assertThat(found.planeLoss()[i])
                    .as("seed %d", seed)
                    .isCloseTo(loss(onPlane), within(1e-5 * (1 + loss(onPlane))));
            assertThat(found.distance()[i])
                    .as("seed %d", seed)
                    .isCloseTo(rest.norm2Number().doubleValue(), within(1e-5 * reach));
            // The part outside the plane is perpendicular to it.
            assertThat(Nd4j.getBlasWrapper().dot(rest, delta))
                    .as("seed %d", seed)
                    .isCloseTo(0, within(1e-5 * reach));
            assertThat(Nd4j.getBlasWrapper().dot(rest, eta)).as("seed %d", seed).isCloseTo(0, within(1e-5 * reach));
        }
    }

    @Test
    void aFirstFramesPlaneBeginsWhereTheRunBegins() {
        RunSnapshots run = descent("run", 6);
        DirectionPair axes =
                new DirectionPair(Nd4j.createFromArray(2.0, 0.0, 0.0, 0.0), Nd4j.createFromArray(0.0, 1.0, 0.0, 0.0));
        TrajectoryAnalysis analysis = TrajectoryAnalysis.ofFirstFrame(objective, null, List.of(run), theta -> axes);
        TrajectoryValues found = analysis.trajectories().get(0);
        INDArray first = run.snapshots().get(0).parameters();
        for (int i = 0; i < found.size(); i++) {
            INDArray point = run.snapshots().get(i).parameters();
            assertThat(found.alpha()[i])
                    .as("seed %d", seed)
                    .isCloseTo((point.getDouble(0) - first.getDouble(0)) / 2, within(1e-12));
            assertThat(found.distance()[i])
                    .as("seed %d", seed)
                    .isCloseTo(
                            Math.hypot(
                                    point.getDouble(2) - first.getDouble(2), point.getDouble(3) - first.getDouble(3)),
                            within(1e-12));
        }
        TrajectoryMap map = analysis.map(analysis.empty(analysis.grid(5)));
        assertThat(map.variance()).isEmpty();
        assertThat(map.frame().status()).isEqualTo(Frame.Status.PARTIAL);
        assertThat(map.plane()).isEqualTo("first-frame");
    }

    @Test
    void whatHasNoPlaneIsRefused() {
        RunSnapshots diverged = new RunSnapshots(
                "far",
                List.of(
                        snapshot(0, Networks.normal(random, 4)),
                        snapshot(5, Nd4j.valueArrayOf(4, Double.POSITIVE_INFINITY))));
        assertThatThrownBy(() -> TrajectoryAnalysis.ofComponents(objective, null, List.of(descent("a", 3), diverged)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameters of far at iteration 5 are not finite");
        RunSnapshots still = new RunSnapshots(
                "still",
                List.of(
                        snapshot(0, Nd4j.ones(DataType.DOUBLE, 4)),
                        snapshot(1, Nd4j.ones(DataType.DOUBLE, 4)),
                        snapshot(2, Nd4j.ones(DataType.DOUBLE, 4))));
        assertThatThrownBy(() -> TrajectoryAnalysis.ofComponents(objective, null, List.of(still)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its snapshots are the same");
        assertThatThrownBy(() -> new RunSnapshots("empty", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trajectory of empty");
    }

    private RunSnapshots descent(String name, int steps) {
        List<ParameterSnapshot> snapshots = new ArrayList<>();
        INDArray theta = Networks.normal(random, 4);
        for (int i = 0; i < steps; i++) {
            snapshots.add(snapshot(i, theta));
            theta = theta.sub(objective.gradient(theta).muli(RATE));
        }
        return new RunSnapshots(name, snapshots);
    }

    private static ParameterSnapshot snapshot(long iteration, INDArray theta) {
        return new ParameterSnapshot(iteration, 0, theta.dup());
    }

    private double loss(INDArray theta) {
        return objective.evaluate(theta).loss();
    }

    private static INDArray direction(TrajectoryMap map, int axis) {
        return Nd4j.createFromArray((float[]) map.frame().directions().get(axis).values())
                .castTo(DataType.DOUBLE);
    }
}
