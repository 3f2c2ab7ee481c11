package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.PrincipalComponents;
import org.thalweg.direction.PrincipalDirections;
import org.thalweg.objective.Objective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Rosenbrock;
import org.thalweg.testing.Seeds;

/** Lines, trajectories and flatness of functions that are known in closed form. */
class AnalyticLandscapeTest {

    private final long seed = Seeds.fresh("AnalyticLandscapeTest");
    private final Random random = new Random(seed);
    private final Objective rosenbrock = new Rosenbrock();
    private final INDArray minimum = Nd4j.createFromArray(1.0, 1.0);

    /** From (1, 1) along (p, q): p^2 t^2 + 100 ((q - 2 p) t - p^2 t^2)^2. */
    @Test
    void aLineThroughRosenbrocksValleyIsAQuartic() {
        double p = random.nextGaussian();
        double q = random.nextGaussian();
        Axis axis = new Axis(-0.5, 2, 26);
        double[] loss = new LineEvaluator(rosenbrock, null)
                .evaluate(axis, minimum, Nd4j.createFromArray(p, q), () -> false)
                .loss();
        double[] coordinates = axis.coordinates();
        for (int i = 0; i < loss.length; i++) {
            double t = coordinates[i];
            double across = (q - 2 * p) * t - p * p * t * t;
            double expected = p * p * t * t + 100 * across * across;
            assertThat(loss[i]).as("at %s, seed %d", t, seed).isCloseTo(expected, within(1e-9 * (1 + expected)));
        }
        assertThat(loss[5]).isZero();
    }

    /** In two dimensions a plane holds everything: its loss is the trajectory's, and no point is off the plane. */
    @Test
    void aTrajectoryInTheValleyLiesOnItsPlane() {
        List<INDArray> trajectory = descent(Nd4j.createFromArray(-1 + 0.2 * random.nextDouble(), 1.0), 400);
        INDArray end = trajectory.get(trajectory.size() - 1);
        DirectionPair plane =
                new PrincipalDirections(PrincipalComponents.of(trajectory, 2)).at(DirectionContext.of(rosenbrock, end));
        List<TrajectoryPoint> points = TrajectoryPoint.project(rosenbrock, end, plane, trajectory);
        for (int i = 0; i < points.size(); i++) {
            TrajectoryPoint point = points.get(i);
            INDArray theta = trajectory.get(i);
            double loss = Rosenbrock.at(theta.getDouble(0), theta.getDouble(1));
            assertThat(point.distance()).as("point %d, seed %d", i, seed).isLessThan(1e-12);
            assertThat(point.loss()).as("point %d, seed %d", i, seed).isEqualTo(loss);
            assertThat(point.planeLoss()).as("point %d, seed %d", i, seed).isCloseTo(loss, within(1e-9));
        }
        assertThat(points.get(points.size() - 1).alpha()).isZero();
        double variance =
                plane.quantities().values().stream().mapToDouble(share -> share).sum();
        assertThat(variance).as("seed %d", seed).isCloseTo(1, within(1e-9));
    }

    private List<INDArray> descent(INDArray start, int steps) {
        List<INDArray> trajectory = new ArrayList<>();
        INDArray theta = start;
        for (int i = 0; i < steps; i++) {
            if (i % 40 == 0) {
                trajectory.add(theta);
            }
            theta = theta.sub(rosenbrock.gradient(theta).mul(1e-3));
        }
        return trajectory;
    }

    /**
     * At the minimum of a quadratic, along two axes of lengths a and b: mean rise on a circle (l1 a^2 + l2 b^2) r^2 / 4,
     * largest max(l1 a^2, l2 b^2) r^2 / 2, volume below a height pi h^2 / sqrt(l1 l2 a^2 b^2), widths 2 sqrt(2 h / (l a^2)).
     */
    @Test
    void flatnessOfAQuadraticIsWhatItsAxesSay() {
        INDArray lambda = Networks.normal(random, 4);
        lambda.putScalar(1, 1 + random.nextDouble()).putScalar(3, 4 + random.nextDouble());
        double a = 0.8 + 0.2 * random.nextDouble();
        double b = 0.8 + 0.2 * random.nextDouble();
        INDArray zero = Nd4j.zeros(DataType.DOUBLE, 4);
        DirectionPair axes =
                new DirectionPair(zero.dup().putScalar(1, a), zero.dup().putScalar(3, b));
        Grid grid = new Grid(new Axis(-1, 1.5, 101), Axis.symmetric(81, 1));
        LossSurface surface =
                new SurfaceEvaluator(new QuadraticObjective(lambda), null).evaluate(grid, zero, axes, () -> false);
        Flatness flatness = new Flatness(grid.alpha().coordinates(), grid.beta().coordinates(), surface.loss());
        double along = lambda.getDouble(1) * a * a;
        double across = lambda.getDouble(3) * b * b;
        double r = 0.5 + 0.4 * random.nextDouble();
        double h = 0.1 + 0.1 * random.nextDouble();
        // Bilinear patches are above a paraboloid by at most an eighth of its curvatures times the steps squared.
        double error = (along + across) * 0.025 * 0.025 / 8;
        assertThat(flatness.averageRise(r))
                .as("seed %d", seed)
                .isCloseTo((along + across) * r * r / 4, within(error + 1e-9));
        assertThat(flatness.worstRise(r)).as("seed %d", seed).isCloseTo(across * r * r / 2, within(error + 1e-4));
        double volume = Math.PI * h * h / Math.sqrt(along * across);
        assertThat(flatness.volumeBelow(h)).as("seed %d", seed).isCloseTo(volume, within(2e-2 * volume));
        assertThat(flatness.widthAlpha(h)).as("seed %d", seed).isCloseTo(2 * Math.sqrt(2 * h / along), within(5e-3));
        assertThat(flatness.widthBeta(h)).as("seed %d", seed).isCloseTo(2 * Math.sqrt(2 * h / across), within(5e-3));
    }
}
