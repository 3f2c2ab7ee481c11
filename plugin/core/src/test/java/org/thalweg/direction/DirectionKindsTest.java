package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.Objective;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Rosenbrock;
import org.thalweg.testing.Seeds;

/** Each kind of plane on objectives with known derivatives. */
class DirectionKindsTest {

    private final long seed = Seeds.fresh("DirectionKindsTest");
    private final Random random = new Random(seed);
    private final INDArray lambda = Nd4j.createFromArray(7.0, -3.0, 0.5, 4.0, 1.0);
    private final Objective saddle = new QuadraticObjective(lambda);
    private final INDArray theta = Networks.normal(random, 5);

    @Test
    void eigenvectorsOfADiagonalAreItsAxes() {
        DirectionPair two = eigen(Ends.LARGEST_TWO).at(DirectionContext.of(saddle, theta));
        expectAxis(two.delta(), 0);
        expectAxis(two.eta(), 3);
        assertThat(two.quantities()).containsEntry("delta_converged", 1.0).containsEntry("eta_converged", 1.0);
        assertThat(two.quantities().get("delta_eigenvalue")).isCloseTo(7, within(1e-9));
        assertThat(two.quantities().get("eta_eigenvalue")).isCloseTo(4, within(1e-9));
        assertThat(two.quantities().get("eta_residual")).isLessThan(1e-9);
        DirectionPair ends = eigen(Ends.LARGEST_AND_SMALLEST).at(DirectionContext.of(saddle, theta));
        expectAxis(ends.delta(), 0);
        expectAxis(ends.eta(), 1);
        assertThat(ends.quantities().get("eta_eigenvalue")).isCloseTo(-3, within(1e-9));
    }

    private void expectAxis(INDArray direction, int axis) {
        for (int i = 0; i < 5; i++) {
            double expected = i == axis ? Math.signum(theta.getDouble(axis)) : 0;
            assertThat(direction.getDouble(i)).as("seed %d, entry %d", seed, i).isCloseTo(expected, within(1e-6));
        }
    }

    /** L(a, b) = L + a lambda_1 theta_1 + b lambda_2 theta_2 + lambda_1 a^2 / 2 + lambda_2 b^2 / 2. */
    @Test
    void onTheEigenplaneOfASaddleTheSurfaceIsTheSaddle() {
        DirectionPair ends = eigen(Ends.LARGEST_AND_SMALLEST).at(DirectionContext.of(saddle, theta));
        Grid grid = new Grid(new Axis(-1, 2, 7), Axis.symmetric(5, 1));
        LossSurface surface = new SurfaceEvaluator(saddle, null).evaluate(grid, theta, ends, () -> false);
        double start = saddle.evaluate(theta).loss();
        double up = 7 * Math.abs(theta.getDouble(0));
        double down = -3 * Math.abs(theta.getDouble(1));
        double[] alpha = grid.alpha().coordinates();
        double[] beta = grid.beta().coordinates();
        for (int row = 0; row < beta.length; row++) {
            for (int column = 0; column < alpha.length; column++) {
                double a = alpha[column];
                double b = beta[row];
                // Eigenvectors are exact to the tolerance, and the loss is stationary in them but for its slope.
                assertThat(surface.loss()[row][column])
                        .as("alpha %s, beta %s, seed %d", a, b, seed)
                        .isCloseTo(start + a * up + b * down + 7 * a * a / 2 - 3 * b * b / 2, within(1e-5));
            }
        }
    }

    @Test
    void rosenbrocksValleyIsSteepAcrossAndFlatAlong() {
        INDArray minimum = Nd4j.createFromArray(1.0, 1.0);
        Objective rosenbrock = new Rosenbrock();
        DirectionPair plane = eigen(Ends.LARGEST_AND_SMALLEST).at(DirectionContext.of(rosenbrock, minimum));
        // Eigenvalues of [[802, -400], [-400, 200]].
        double root = Math.sqrt(301 * 301 + 400 * 400);
        assertThat(plane.quantities().get("delta_eigenvalue")).isCloseTo(501 + root, within(1e-6));
        assertThat(plane.quantities().get("eta_eigenvalue")).isCloseTo(501 - root, within(1e-6));
        Grid grid = Grid.square(9, 0.5);
        double[][] loss = new SurfaceEvaluator(rosenbrock, null)
                .evaluate(grid, minimum, plane, () -> false)
                .loss();
        double[] axis = grid.alpha().coordinates();
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                double x = 1
                        + axis[column] * plane.delta().getDouble(0)
                        + axis[row] * plane.eta().getDouble(0);
                double y = 1
                        + axis[column] * plane.delta().getDouble(1)
                        + axis[row] * plane.eta().getDouble(1);
                double expected = Rosenbrock.at(x, y);
                assertThat(loss[row][column]).isCloseTo(expected, within(1e-9 * (1 + expected)));
            }
        }
    }

    @Test
    void theGradientPlaneHasDescentAndStepOfOneLength() {
        INDArray previous = Networks.normal(random, 5);
        DirectionPair pair = new GradientDirections()
                .at(new DirectionContext(saddle, theta, Optional.of(previous), Optional.empty()));
        INDArray step = theta.sub(previous);
        INDArray gradient = theta.mul(lambda);
        double length = InnerProducts.norm(step);
        INDArray descent = gradient.mul(-length / InnerProducts.norm(gradient));
        assertThat(InnerProducts.norm(pair.eta().sub(step))).as("seed %d", seed).isLessThan(1e-12);
        assertThat(InnerProducts.norm(pair.delta().sub(descent)))
                .as("seed %d", seed)
                .isLessThan(1e-12 * length);
        assertThat(pair.quantities().get("step_length")).as("seed %d", seed).isEqualTo(length);
        assertThatThrownBy(() -> new GradientDirections().at(DirectionContext.of(saddle, theta)))
                .hasMessageContaining("last step is not known")
                .hasMessageContaining("withLastStep(true)");
    }

    @Test
    void threeCheckpointsLieWhereTheyShould() {
        INDArray first = Networks.normal(random, 5);
        INDArray second = Networks.normal(random, 5);
        DirectionPair pair = new CheckpointDirections(first, second).at(DirectionContext.of(saddle, theta));
        LossSurface surface = new SurfaceEvaluator(saddle, null)
                .evaluate(new Grid(new Axis(0, 1, 2), new Axis(0, 1, 2)), theta, pair, () -> false);
        assertThat(surface.loss()[0][0]).isEqualTo(saddle.evaluate(theta).loss());
        assertThat(surface.loss()[0][1])
                .as("seed %d", seed)
                .isCloseTo(saddle.evaluate(first).loss(), within(1e-12));
        assertThat(surface.loss()[1][0])
                .as("seed %d", seed)
                .isCloseTo(saddle.evaluate(second).loss(), within(1e-12));
        assertThatThrownBy(() -> new CheckpointDirections(theta.dup(), second).at(DirectionContext.of(saddle, theta)))
                .hasMessageContaining("the first checkpoint must differ")
                .hasMessageContaining("0.0");
        assertThatThrownBy(() -> new CheckpointDirections(Nd4j.ones(3), second).at(DirectionContext.of(saddle, theta)))
                .hasMessageContaining("5 trainable parameters, got 3");
    }

    @Test
    void interpolationReachesTheOtherModelAtOne() {
        INDArray other = Networks.normal(random, 5);
        RandomDirections across = new RandomDirections(seed, DirectionOptions.DEFAULT);
        DirectionPair pair = new InterpolationDirections(other, across).at(DirectionContext.of(saddle, theta));
        assertThat(InnerProducts.norm(theta.add(pair.delta()).sub(other)))
                .as("seed %d", seed)
                .isLessThan(1e-12);
        assertThat(pair.eta())
                .isEqualTo(across.at(DirectionContext.of(saddle, theta)).eta());
    }

    @Test
    void principalDirectionsAreThoseOfTheTrajectory() {
        List<INDArray> trajectory =
                List.of(theta, theta.mul(2), Networks.normal(random, 5), Nd4j.zeros(lambda.dataType(), 5));
        PrincipalComponents components = PrincipalComponents.of(trajectory, 2);
        DirectionPair pair = new PrincipalDirections(components).at(DirectionContext.of(saddle, theta));
        assertThat(pair.delta()).isEqualTo(components.directions().get(0));
        assertThat(pair.eta()).isEqualTo(components.directions().get(1));
        assertThat(pair.quantities())
                .containsEntry("delta_explained_variance_ratio", components.explainedVarianceRatio()[0]);
        assertThatThrownBy(() -> new PrincipalDirections(PrincipalComponents.of(trajectory, 1)))
                .hasMessageContaining("two principal components, got 1");
        assertThatThrownBy(() -> new PrincipalDirections(components).at(DirectionContext.of(saddle, Nd4j.ones(4))))
                .hasMessageContaining("got 5");
    }

    @Test
    void parallelDirectionsSpanNoPlane() {
        DirectionSource parallel = new CheckpointDirections(theta.mul(2), theta.mul(3)).orthogonalized();
        assertThatThrownBy(() -> parallel.at(DirectionContext.of(saddle, theta)))
                .hasMessageContaining("parallel");
    }

    private static EigenvectorDirections eigen(Ends ends) {
        Lanczos exact = Lanczos.DEFAULT.withTolerance(1e-10, ToleranceRule.RELATIVE_TO_EACH);
        return new EigenvectorDirections(ends, exact, KrylovBudget.DEFAULT);
    }
}
