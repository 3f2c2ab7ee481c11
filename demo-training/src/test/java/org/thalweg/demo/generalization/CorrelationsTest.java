package org.thalweg.demo.generalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.demo.statistics.RankCorrelation;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Seeds;

/** Networks whose gap follows their learning rate: lambda_max shows it, SAM's rise the opposite, and the loss nothing. */
class CorrelationsTest {

    private static final long SEED = Seeds.fresh("CorrelationsTest");

    private static final List<Trained> NETWORKS = networks();

    @Test
    void tellMeasuresApart() {
        Correlations tells = Correlations.of(Measure.LAMBDA_MAX, NETWORKS, SEED);
        Correlations opposite = Correlations.of(Measure.SAM_RISE, NETWORKS, SEED);
        Correlations constant = Correlations.of(Measure.TRAINING_LOSS, NETWORKS, SEED);

        assertThat(tells.lossGap().value()).isCloseTo(1, within(1e-12));
        assertThat(tells.verdict()).isEqualTo("tells");
        assertThat(opposite.lossGap().value()).isCloseTo(-1, within(1e-12));
        assertThat(opposite.verdict()).isEqualTo("tells the opposite");
        assertThat(constant.lossGap().value()).isNaN();
        assertThat(constant.verdict()).isEqualTo("does not tell");
    }

    @Test
    void learningRatesAloneAreBehindIt() {
        Correlations tells = Correlations.of(Measure.LAMBDA_MAX, NETWORKS, SEED);

        assertThat(Setting.HYPERPARAMETERS.get(tells.closestHyperparameter())).isEqualTo("learning rate");
        assertThat(tells.granulated().get(1))
                .as("by learning rate, seed %d", SEED)
                .isEqualTo(1);
        assertThat(tells.granulated().get(2)).as("one decay").isNaN();
        assertThat(tells.meanGranulated())
                .as("seed %d", SEED)
                .isEqualTo((tells.granulated().get(0) + tells.granulated().get(1)) / 2);
        RankCorrelation advantage = Correlations.advantage(Measure.LAMBDA_MAX, Measure.SAM_RISE, NETWORKS, SEED);
        assertThat(advantage.value()).isCloseTo(2, within(1e-12));
        assertThat(advantage.isPositive()).isTrue();
    }

    @Test
    void onlyNetworksAtTheCriterionAreCompared() {
        Trained network = NETWORKS.get(0);
        // These have no adaptive eigenvalue and no trace.
        assertThat(network.isComparable(1)).isFalse();
        assertThat(network.errorGap()).isCloseTo(network.testError() - network.trainingError(), within(1e-12));
        assertThat(new Setting(16, 0.05, 1e-3, 2).name()).isEqualTo("batch16-lr0.05-decay1e-3-seed2");
        assertThat(new Setting(16, 0.05, 0, 2).name()).isEqualTo("batch16-lr0.05-decay0-seed2");
    }

    private static List<Trained> networks() {
        List<Trained> networks = new ArrayList<>();
        Random random = new Random(SEED);
        for (int seed = 1; seed <= 2; seed++) {
            for (int batch : new int[] {8, 16}) {
                for (double rate : new double[] {0.1, 0.2, 0.3}) {
                    // Small enough to leave the order of learning rates.
                    double noise = 0.01 * random.nextDouble();
                    networks.add(new Trained(new Setting(batch, rate, 0, seed), frame(rate + noise)));
                }
            }
        }
        Collections.shuffle(networks, random);
        return networks;
    }

    private static Frame frame(double gap) {
        double[] axis = {-1, 0, 1};
        return Frame.builder(3, 1)
                .loss(0.01, OptionalDouble.of(100))
                .validationLoss(0.01 + gap, OptionalDouble.of(100 - 20 * gap))
                .objective("compiled")
                .surface(new SurfaceValues(
                        axis,
                        axis,
                        new boolean[][] {{true, true, true}, {true, true, true}, {true, true, true}},
                        new double[3][3],
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(10 * gap, 0, true)), List.of(), "exact", 10, 0, Optional.empty()))
                .quantities(Map.of("sam_rise", 1 - gap))
                .build();
    }
}
