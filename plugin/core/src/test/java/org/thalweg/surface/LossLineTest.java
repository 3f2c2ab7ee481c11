package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Parameterization;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

class LossLineTest {

    private final long seed = Seeds.fresh("LossLineTest");
    private final Random random = new Random(seed);
    private final INDArray lambda = Networks.normal(random, 9);
    private final INDArray theta = Networks.normal(random, 9);
    private final INDArray direction = Networks.normal(random, 9);
    private final LineEvaluator evaluator = new LineEvaluator(new QuadraticObjective(lambda), null);
    private final Axis axis = new Axis(-0.5, 1.5, 41);

    /** L(theta + a d) = L(theta) + a theta^T D d + a^2 d^T D d / 2. */
    @Test
    void aQuadraticIsAParabolaAlongAnyLine() {
        double slope = theta.mul(lambda).mul(direction).sumNumber().doubleValue();
        double bend = direction.mul(lambda).mul(direction).sumNumber().doubleValue();
        double start = theta.mul(lambda).mul(theta).sumNumber().doubleValue() / 2;
        LossLine line = evaluator.evaluate(axis, theta, direction, () -> false);
        double[] coordinates = axis.coordinates();
        for (int i = 0; i < 41; i++) {
            double a = coordinates[i];
            assertThat(line.loss()[i])
                    .as("at %s, seed %d", a, seed)
                    .isCloseTo(start + a * slope + a * a * bend / 2, within(1e-11));
        }
        assertThat(line.loss()[10]).as("at 0, seed %d", seed).isEqualTo(lossAt(theta));
        assertThat(line.complete()).isTrue();
        assertThat(line.accuracy()).isEmpty();
        assertThat(line.validationLoss()).isEmpty();
    }

    @Test
    void whatWasStoppedGoesOnToTheSameBits() {
        double[] whole = evaluator.evaluate(axis, theta, direction, () -> false).loss();
        int[] left = {3};
        LossLine stopped = evaluator.evaluate(axis, theta, direction, () -> left[0]-- <= 0);
        assertThat(stopped.evaluatedPoints()).isBetween(1, 40);
        LossLine line = LossLine.of(
                axis, stopped.evaluated(), stopped.loss(), Optional.empty(), Optional.empty(), Optional.empty());
        evaluator.fill(line, theta, Parameterization.linear(direction), () -> false);
        assertThat(line.loss()).as("seed %d", seed).isEqualTo(whole);
        assertThatThrownBy(() -> LossLine.of(
                        axis, new boolean[3], new double[3], Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessageContaining("41, got 3");
    }

    private double lossAt(INDArray point) {
        return point.mul(point).mul(lambda).sumNumber().doubleValue() / 2;
    }
}
