package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.RecalibratedObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Against the statistics of Deeplearning4j's own activations, computed here in plain Java. */
class EstimatedStatisticsTest {

    private static final int EXAMPLES = 24;

    private final long seed = Seeds.fresh("EstimatedStatisticsTest");
    private final DataSet data = Networks.data(EXAMPLES, seed, 1, 8, 8);
    private final DataSet held = Networks.data(10, seed + 1, 1, 8, 8);

    @ParameterizedTest
    @CsvSource({"24, true", "8, true", "10, true", "24, false"})
    void theyAreTheMeansOverTheBatchesOfDeeplearning4jsActivations(int batchSize, boolean logarithmic) {
        MultiLayerNetwork network = network(logarithmic);
        Objective batch = CompiledObjective.of(
                network,
                Probe.of(data),
                ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH).withBatchSize(batchSize));
        INDArray theta = batch.layout().pack(network.params());
        ParameterSnapshot found = batch.estimatedStatistics(theta).orElseThrow();
        double[][] expected = statistics(network, batchSize);
        String deviations = logarithmic ? "1_log10stdev" : "1_var";
        for (int channel = 0; channel < expected.length; channel++) {
            assertThat(block(batch, "1_mean").ofFlat(found.parameters()).getDouble(channel))
                    .as("mean of channel %d, seed %d", channel, seed)
                    .isCloseTo(expected[channel][0], within(1e-10));
            double written = block(batch, deviations).ofFlat(found.parameters()).getDouble(channel);
            assertThat(logarithmic ? Math.pow(10, 2 * written) : written)
                    .as("variance of channel %d, seed %d", channel, seed)
                    .isCloseTo(expected[channel][1], within(1e-10));
        }
        assertThat(batch.layout().pack(found.parameters())).isEqualTo(theta);

        network.setParams(found.parameters());
        Objective running = CompiledObjective.of(network(logarithmic), Probe.of(held), ObjectiveOptions.DEFAULT);
        assertThat(RecalibratedObjective.of(running, batch).evaluate(theta).loss())
                .as("seed %d", seed)
                .isCloseTo(network.score(held, false), within(1e-9));
    }

    @Test
    void inOneBatchTheLossIsThatOfTheBatchMode() {
        MultiLayerNetwork network = network(true);
        Objective batch =
                CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH));
        Objective running = CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = batch.layout().pack(network.params());
        assertThat(RecalibratedObjective.of(running, batch).evaluate(theta).loss())
                .as("seed %d", seed)
                .isCloseTo(batch.evaluate(theta).loss(), within(1e-9));
        assertThat(running.evaluate(theta).loss())
                .as("training's own statistics, seed %d", seed)
                .isNotCloseTo(batch.evaluate(theta).loss(), within(1e-6));
    }

    @Test
    void othersHaveNone() {
        MultiLayerNetwork normalized = network(true);
        Objective running = CompiledObjective.of(normalized, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = running.layout().pack(normalized.params());
        assertThat(running.estimatedStatistics(theta)).isEmpty();
        assertThatThrownBy(() -> RecalibratedObjective.of(running, running).evaluate(theta))
                .hasMessageContaining("in mode BATCH, and this objective is 'compiled'");
        Objective plain = CompiledObjective.of(
                Networks.cnn(DataType.DOUBLE, seed, false), Probe.of(data), ObjectiveOptions.DEFAULT);
        assertThat(RecalibratedObjective.of(plain, plain)).isSameAs(plain);
    }

    private MultiLayerNetwork network(boolean logarithmic) {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        if (!logarithmic) {
            ((BatchNormalization)
                            network.getLayerWiseConfigurations().getConf(1).getLayer())
                    .setUseLogStd(false);
            MultiLayerNetwork other = new MultiLayerNetwork(network.getLayerWiseConfigurations());
            other.init();
            network = other;
        }
        for (int i = 0; i < 3; i++) {
            network.fit(data);
        }
        return network;
    }

    private static ParameterBlock block(Objective objective, String key) {
        return objective.layout().blocks().stream()
                .filter(block -> block.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** Mean and variance of each channel that enters the normalization, averaged over batches. */
    private double[][] statistics(MultiLayerNetwork network, int batchSize) {
        List<INDArray> activations = network.feedForwardToLayer(0, data.getFeatures(), false);
        INDArray images = activations.get(1);
        double[][] statistics = new double[(int) images.size(1)][2];
        for (int from = 0; from < EXAMPLES; from += batchSize) {
            int to = Math.min(EXAMPLES, from + batchSize);
            for (int channel = 0; channel < statistics.length; channel++) {
                double[] values = new double[(int) ((to - from) * images.size(2) * images.size(3))];
                int n = 0;
                double sum = 0;
                for (int i = from; i < to; i++) {
                    for (int y = 0; y < images.size(2); y++) {
                        for (int x = 0; x < images.size(3); x++) {
                            values[n] = images.getDouble(i, channel, y, x);
                            sum += values[n++];
                        }
                    }
                }
                double mean = sum / n;
                double squares = 0;
                for (double value : values) {
                    squares += (value - mean) * (value - mean);
                }
                double share = (to - from) / (double) EXAMPLES;
                statistics[channel][0] += share * mean;
                statistics[channel][1] += share * squares / n;
            }
        }
        return statistics;
    }
}
