package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.DirectionPair;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

class TrajectoryPointTest {

    private final long seed = Seeds.fresh("TrajectoryPointTest");
    private final Random random = new Random(seed);

    /** On a quadratic with known axes and a plane of two of them, the rest's loss is what the plane conceals. */
    @Test
    void aPlaneConcealsTheLossBesideIt() {
        INDArray curvature = Networks.normal(random, 3).castTo(DataType.DOUBLE);
        INDArray origin = Nd4j.zeros(DataType.DOUBLE, 3);
        DirectionPair plane = new DirectionPair(axis(0, 2), axis(1, 0.5));
        INDArray point = Networks.normal(random, 3).castTo(DataType.DOUBLE);
        TrajectoryPoint found = TrajectoryPoint.project(
                        new QuadraticObjective(curvature), origin, plane, List.of(origin, point))
                .get(1);
        double x = point.getDouble(0);
        double y = point.getDouble(1);
        double z = point.getDouble(2);
        assertThat(found.alpha()).as("seed %d", seed).isCloseTo(x / 2, within(1e-12));
        assertThat(found.beta()).as("seed %d", seed).isCloseTo(y / 0.5, within(1e-12));
        assertThat(found.distance()).as("seed %d", seed).isCloseTo(Math.abs(z), within(1e-12));
        double onPlane = (curvature.getDouble(0) * x * x + curvature.getDouble(1) * y * y) / 2;
        assertThat(found.planeLoss()).as("seed %d", seed).isCloseTo(onPlane, within(1e-12));
        assertThat(found.offPlaneGap())
                .as("seed %d", seed)
                .isCloseTo(curvature.getDouble(2) * z * z / 2, within(1e-12));
    }

    private static INDArray axis(int index, double length) {
        return Nd4j.zeros(DataType.DOUBLE, 3).putScalar(index, length);
    }
}
