package org.thalweg.curvature.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.curvature.Available;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.TrainingState;
import org.thalweg.curvature.UpdateRule;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/**
 * The edge is where it is said to be: ND4J's own updaters come to rest on a quadratic when the quantity is a little below
 * 1, and run away when it is a little above. Second moments are so large, and change so slowly, that they stay as they are.
 */
class EdgeOfStabilityTest {

    private static final int N = 8;
    private static final int STEPS = 4000;

    /** No bias correction is left at this iteration, and beta2 forgets nothing in the steps that follow. */
    private static final int LATE = 2_000_000_000;

    private static final double REMEMBERS = 1 - 1e-7;

    private final long seed = Seeds.fresh("EdgeOfStabilityTest");
    private final Random random = new Random(seed);

    private interface Making {
        IUpdater with(double learningRate);
    }

    static Stream<Arguments> updaters() {
        return Stream.of(
                updater("gradient descent", Sgd::new),
                updater("Nesterov 0.9", rate -> new Nesterovs(rate, 0.9)),
                updater("Nesterov 0.3", rate -> new Nesterovs(rate, 0.3)),
                updater("RMSProp", rate -> new RmsProp(rate, REMEMBERS, 0.05), "G"),
                updater("AdaGrad", rate -> new AdaGrad(rate, 0.05), "grad"),
                updater("Adam 0.9", rate -> new Adam(rate, 0.9, REMEMBERS, 0.05), "V"),
                updater("Adam 0.5", rate -> new Adam(rate, 0.5, REMEMBERS, 0.05), "V"),
                updater("AMSGrad", rate -> new AMSGrad(rate, 0.9, REMEMBERS, 0.05), "V", "V_HAT"));
    }

    private static Arguments updater(String name, Making making, String... secondMoments) {
        return Arguments.of(name, making, List.of(secondMoments));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updaters")
    void updatersRestBelowAndRunAwayAbove(String name, Making making, List<String> secondMoments) {
        INDArray curvature = Nd4j.create(DataType.DOUBLE, N);
        INDArray moment = Nd4j.create(DataType.DOUBLE, N);
        for (int i = 0; i < N; i++) {
            curvature.putScalar(i, 0.1 + random.nextDouble());
            moment.putScalar(i, 0.5 + random.nextDouble());
        }
        double unit = edge(curvature, making.with(1), 1, moment);
        assertThat(growth(curvature, making.with(0.97 / unit), moment, secondMoments))
                .as("%s below, seed %d", name, seed)
                .isLessThan(0.1);
        assertThat(growth(curvature, making.with(1.03 / unit), moment, secondMoments))
                .as("%s above, seed %d", name, seed)
                .isGreaterThan(10);
    }

    /** The quantity, which is proportional to the learning rate. */
    private static double edge(INDArray curvature, IUpdater updater, double learningRate, INDArray moment) {
        UpdateRule rule = new UpdateRule(0, N, updater, learningRate, LATE, 0, Optional.of(moment));
        TrainingState training =
                new TrainingState(Available.absent("off"), Available.of(List.of(rule)), Optional.empty());
        return new CurvatureTracker(
                        Optional.of(CurvatureOptions.DEFAULT.withEigenvalues(1)), List.of(new EdgeOfStability()))
                .look(new QuadraticObjective(curvature), curvature, 1, training)
                .quantities()
                .getOrDefault("edge_of_stability", Double.NaN);
    }

    /** How much larger the parameters are after the steps, of those small ones that they begin with. */
    private double growth(INDArray curvature, IUpdater updater, INDArray moment, List<String> secondMoments) {
        GradientUpdater<?> stepping = updater.stateSize(N) == 0
                ? updater.instantiate((INDArray) null, false)
                : updater.instantiate(Nd4j.zeros(DataType.DOUBLE, updater.stateSize(N)), true);
        stepping.getState().forEach((name, state) -> {
            if (secondMoments.contains(name)) {
                state.assign(moment);
            }
        });
        INDArray theta = Nd4j.valueArrayOf(new long[] {N}, 1e-6, DataType.DOUBLE);
        for (int t = 0; t < STEPS && theta.amaxNumber().doubleValue() < 1e-4; t++) {
            INDArray update = theta.mul(curvature);
            stepping.applyUpdater(update, LATE + t, 0);
            theta.subi(update);
        }
        return theta.amaxNumber().doubleValue() / 1e-6;
    }
}
