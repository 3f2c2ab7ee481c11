package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.TrainingState;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.frame.Frame;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.surface.Grid;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.SampledQuadratic;
import org.thalweg.testing.Seeds;

/** The distance to the validation valley on quadratics, where the lowest point of a plane is known. */
class ValidationValleyTest {

    private static final String NAME = "validation_valley_distance";
    private static final int N = 12;

    private final long seed = Seeds.fresh("ValidationValleyTest");
    private final Random random = new Random(seed);
    private final INDArray diagonal =
            Nd4j.createFromArray(random.doubles(N, 0.5, 2).toArray());
    private final INDArray delta = Networks.normal(random, N);
    private final INDArray eta = Networks.normal(random, N);
    private final INDArray theta = Networks.normal(random, N);

    /** Where the validation loss is lowest on the plane, to the last digits, whatever the grid's cells are. */
    @RepeatedTest(20)
    void itIsTheWayToTheLowestPointOfThePlane() {
        double alpha = 1.5 * random.nextDouble() - 0.75;
        double beta = 1.5 * random.nextDouble() - 0.75;
        Objective held = heldAt(theta.add(delta.mul(alpha)).addi(eta.mul(beta)));
        double expected = delta.mul(alpha).addi(eta.mul(beta)).norm2Number().doubleValue();
        Frame frame = frame(held, options(Grid.square(9, 1)), new Effort(Integer.MAX_VALUE, 1, 0));
        assertThat(frame.quantities().get(NAME)).as("seed %d", seed).isCloseTo(expected, within(1e-9 * expected));
        // A coarser level lacks the neighbours of its lowest point.
        Frame coarse = frame(held, options(Grid.square(9, 2)), new Effort(2, 1, 0));
        assertThat(coarse.surface().evaluatedPoints()).isLessThan(81);
        assertThat(coarse.quantities().get(NAME)).as("seed %d", seed).isCloseTo(expected, within(1e-9 * expected));
    }

    /** On the first frame's plane, the way begins at later parameters beside the plane. */
    @Test
    void onAFixedPlaneTheWayBeginsAtTheParameters() {
        Objective held = heldAt(theta.add(delta.mul(0.3)));
        FrameAnalysis analysis =
                new FrameAnalysis(train(), held, options(Grid.square(9, 1)).withFixedPlane(true));
        analysis.analyze(snapshot(theta), TrainingState.UNKNOWN, () -> false);
        INDArray later = theta.add(Networks.normal(random, N).muli(0.1));
        Frame frame = analysis.analyze(snapshot(later), TrainingState.UNKNOWN, () -> false);
        double expected = theta.add(delta.mul(0.3)).subi(later).norm2Number().doubleValue();
        assertThat(frame.quantities().get(NAME)).as("seed %d", seed).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void whatLiesOutsideIsNotGuessed() {
        Frame frame = frame(heldAt(theta.add(delta.mul(3))), options(Grid.square(9, 1)), Effort.FULL);
        assertThat(frame.quantities()).doesNotContainKey(NAME);
        assertThat(frame.curvature().absent().get(NAME)).contains("at the edge of the surface");
        assertThat(frame(null, options(Grid.square(9, 1)), Effort.FULL)
                        .curvature()
                        .absent())
                .doesNotContainKey(NAME);
    }

    /** Least squares on nine points: exact for a paraboloid, and no place on a saddle. */
    @Test
    void theFittedMinimumIsTheParaboloids() {
        double x = 4 * random.nextDouble() - 2;
        double y = 4 * random.nextDouble() - 2;
        double[] found = ValidationValley.offset(stencil(x, y, 1, 2, 0.7));
        assertThat(found[0]).as("seed %d", seed).isCloseTo(x, within(1e-12));
        assertThat(found[1]).as("seed %d", seed).isCloseTo(y, within(1e-12));
        assertThat(ValidationValley.offset(stencil(x, y, 1, -2, 0.7))).containsOnly(Double.NaN);
        double[][] hole = stencil(x, y, 1, 2, 0.7);
        hole[0][2] = Double.NaN;
        assertThat(ValidationValley.offset(hole)).containsOnly(Double.NaN);
    }

    private static double[][] stencil(double x, double y, double a, double b, double mixed) {
        double[][] values = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double dx = column - 1 - x;
                double dy = row - 1 - y;
                values[row][column] = a * dx * dx + b * dy * dy + mixed * dx * dy;
            }
        }
        return values;
    }

    private Frame frame(@Nullable Objective held, AnalysisOptions options, Effort effort) {
        return new FrameAnalysis(train(), held, options)
                .analyze(snapshot(theta), TrainingState.UNKNOWN, effort, () -> false);
    }

    private Objective train() {
        return new QuadraticObjective(diagonal);
    }

    /** An objective of one example, which is its minimum. */
    private Objective heldAt(INDArray minimum) {
        return new SampledQuadratic(diagonal, minimum.reshape(1, N), Nd4j.ones(DataType.DOUBLE, 1, 1));
    }

    private AnalysisOptions options(Grid grid) {
        return AnalysisOptions.DEFAULT.withGrid(grid).withPlane(new Given(delta, eta));
    }

    private static ParameterSnapshot snapshot(INDArray at) {
        return new ParameterSnapshot(0, 0, at);
    }

    /** Directions that are given. */
    private record Given(INDArray delta, INDArray eta) implements DirectionSource {

        @Override
        public DirectionPair at(DirectionContext context) {
            return new DirectionPair(delta.dup(), eta.dup());
        }

        @Override
        public String describe() {
            return "given";
        }
    }
}
