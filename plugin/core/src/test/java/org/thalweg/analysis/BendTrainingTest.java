package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Probe;
import org.thalweg.surface.BezierCurve;
import org.thalweg.testing.Networks;
import org.thalweg.testing.SampledQuadratic;
import org.thalweg.testing.Seeds;

/** On the mean of w (theta - x)^T D (theta - x) / 2, where the best bend is known. */
class BendTrainingTest {

    private static final int PARAMETERS = 5;

    private final long seed = Seeds.fresh("BendTrainingTest");
    private final Random random = new Random(seed);
    private final INDArray first = Networks.normal(random, PARAMETERS);
    private final INDArray second = Networks.normal(random, PARAMETERS);
    private final Probe examples = SampledQuadratic.probe(random, 40, PARAMETERS);
    private final INDArray diagonal = Nd4j.createFromArray(0.5, 1, 2, 3, 4.0);
    private final SampledQuadratic loss = SampledQuadratic.on(diagonal, examples);
    private final INDArray weights = examples.labels().get(0);

    /** The mean over the examples of w x, and of w. */
    private final INDArray pull =
            examples.features().get(0).mulColumnVector(weights).mean(0);

    private final double weight = weights.meanNumber().doubleValue();

    @Test
    void theGradientIsTheLosssTimesTheShareOfTheBend() {
        BezierCurve curve = new BezierCurve(first, Networks.normal(random, PARAMETERS), second);
        double t = random.nextDouble();
        double[] found = curve.bendGradient(loss, t).toDoubleVector();
        for (int i = 0; i < PARAMETERS; i++) {
            double point = (1 - t) * (1 - t) * first.getDouble(i)
                    + 2 * t * (1 - t) * curve.bend().getDouble(i)
                    + t * t * second.getDouble(i);
            double expected = 2 * t * (1 - t) * diagonal.getDouble(i) * (weight * point - pull.getDouble(i));
            assertThat(found[i]).as("t = %s, seed %d", t, seed).isCloseTo(expected, within(1e-12));
        }
    }

    /**
     * With s = 2 t (1 - t), the mean over t of s (phi(t) - c) is zero where E[s^2] bend = E[s] c - E[s (1 - t)^2] first -
     * E[s t^2] second; E[s^2] = 2/15, E[s] = 1/3, and the other two are 1/10.
     */
    @Test
    void theBendGoesToWhereTheMeanLossIsLowest() {
        INDArray lowest = pull.div(weight).mul(2.5).sub(first.add(second).mul(0.75));
        ConnectionOptions options = ConnectionOptions.DEFAULT
                .withIterations(4000)
                .withLearningRate(0.05)
                .withBatchSize(20)
                .withSeed(seed);
        INDArray bend = new BendTraining(loss, examples, options).train(first, second, iteration -> false);
        double start = first.add(second).mul(0.5).distance2(lowest);
        assertThat(bend.distance2(lowest)).as("from %s, seed %d", start, seed).isLessThan(0.6 + 0.02 * start);
        assertThat(meanLoss(bend)).as("seed %d", seed).isBetween(meanLoss(lowest), meanLoss(lowest) + 0.05);
    }

    /** By Simpson's rule on 200 intervals. */
    private double meanLoss(INDArray bend) {
        BezierCurve curve = new BezierCurve(first, bend, second);
        double sum = 0;
        for (int i = 0; i <= 200; i++) {
            double factor = i == 0 || i == 200 ? 1 : i % 2 == 1 ? 4 : 2;
            sum += factor * loss.evaluate(curve.at(i / 200.0)).loss();
        }
        return sum / 600;
    }

    @Test
    void itStartsAtTheMidpointAndStopsWhenAsked() {
        BendTraining training = new BendTraining(loss, examples, ConnectionOptions.DEFAULT);
        assertThat(training.train(first, second, iteration -> true))
                .isEqualTo(first.add(second).mul(0.5));
    }

    @Test
    void aGradientThatIsNotFiniteSaysWhatToDo() {
        SampledQuadratic broken = SampledQuadratic.on(Nd4j.valueArrayOf(PARAMETERS, Double.NaN), examples);
        assertThatThrownBy(() -> new BendTraining(broken, examples, ConnectionOptions.DEFAULT)
                        .train(first, second, iteration -> false))
                .hasMessageContaining("is not finite in iteration 0")
                .hasMessageContaining("lower the learning rate, which was 0.001");
    }

    @Test
    void oddOptionsAreRefused() {
        assertThatThrownBy(() -> ConnectionOptions.DEFAULT.withLearningRate(Double.NaN))
                .hasMessage("learning rate must be positive and finite, got NaN");
        assertThatThrownBy(() -> ConnectionOptions.DEFAULT.withIterations(-1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> ConnectionOptions.DEFAULT.withGridPoints(2)).hasMessageContaining("got 2");
        assertThatThrownBy(() -> new BezierCurve(first, first, Nd4j.zeros(2))).hasMessageContaining("got 5 and 2");
    }
}
