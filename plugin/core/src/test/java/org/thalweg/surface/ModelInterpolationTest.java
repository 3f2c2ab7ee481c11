package org.thalweg.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.surface.ModelInterpolation.Moving;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Against Deeplearning4j's own loss of networks that are given the interpolated parameters. */
class ModelInterpolationTest {

    private final long seed = Seeds.fresh("ModelInterpolationTest");
    private final DataSet data = Networks.data(20, seed, 1, 8, 8);
    private final DataSet other = Networks.data(15, seed + 1, 1, 8, 8);
    private final MultiLayerNetwork first = trained(seed);
    private final MultiLayerNetwork second = trained(seed + 2);
    private final Objective train = CompiledObjective.of(first, Probe.of(data), ObjectiveOptions.DEFAULT);
    private final ModelInterpolation interpolation = new ModelInterpolation(train, train.withProbe(Probe.of(other)));
    private final Axis axis = new Axis(-0.25, 1.25, 7);

    private MultiLayerNetwork trained(long seed) {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        for (int i = 0; i < 5; i++) {
            network.fit(data);
        }
        return network;
    }

    @Test
    void statesMoveWeightsMeansAndVariances() {
        LossLine line = line(Moving.STATES);
        double[] shares = axis.coordinates();
        for (int i = 0; i < 7; i++) {
            INDArray flat = between(shares[i]);
            expect(line, i, network(flat));
        }
        assertThat(line.loss()[1]).as("seed %d", seed).isCloseTo(first.score(data, false), within(1e-9));
        assertThat(line.loss()[5]).as("seed %d", seed).isCloseTo(second.score(data, false), within(1e-9));
    }

    @Test
    void weightsMoveAloneOverTheFirstNetworksStatistics() {
        LossLine line = line(Moving.WEIGHTS);
        double[] shares = axis.coordinates();
        for (int i = 0; i < 7; i++) {
            MultiLayerNetwork network = network(between(shares[i]));
            for (String statistic : new String[] {"1_mean", "1_log10stdev"}) {
                network.getParam(statistic).assign(first.getParam(statistic));
            }
            expect(line, i, network);
        }
        assertThat(line.loss()[5]).as("seed %d", seed).isNotCloseTo(second.score(data, false), within(1e-9));
    }

    private LossLine line(Moving moving) {
        return interpolation.evaluate(axis, first.params(), second.params(), moving, () -> false);
    }

    private void expect(LossLine line, int point, MultiLayerNetwork network) {
        assertThat(line.loss()[point])
                .as("point %d, seed %d", point, seed)
                .isCloseTo(network.score(data, false), within(1e-9));
        assertThat(line.validationLoss().orElseThrow()[point])
                .as("point %d, seed %d", point, seed)
                .isCloseTo(network.score(other, false), within(1e-9));
        double right = Nd4j.argMax(network.output(other.getFeatures()), 1)
                .eq(Nd4j.argMax(other.getLabels(), 1))
                .castTo(DataType.DOUBLE)
                .meanNumber()
                .doubleValue();
        assertThat(line.validationAccuracy().orElseThrow()[point])
                .as("point %d, seed %d", point, seed)
                .isCloseTo(100 * right, within(1e-9));
    }

    private MultiLayerNetwork network(INDArray flat) {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        network.setParams(flat);
        return network;
    }

    /** The straight line, of variances instead of the logarithms of deviations that are kept. */
    private INDArray between(double share) {
        INDArray flat = first.params().mul(1 - share).addi(second.params().mul(share));
        MultiLayerNetwork network = network(flat);
        INDArray from = first.getParam("1_log10stdev");
        INDArray to = second.getParam("1_log10stdev");
        for (long i = 0; i < from.length(); i++) {
            double deviation = Math.pow(10, from.getDouble(i));
            double otherDeviation = Math.pow(10, to.getDouble(i));
            double variance = (1 - share) * deviation * deviation + share * otherDeviation * otherDeviation;
            network.getParam("1_log10stdev").putScalar(i, 0.5 * Math.log10(variance));
        }
        return network.params().dup();
    }

    @Test
    void oneModelTwiceOrTwoArchitecturesAreRefused() {
        INDArray same = first.params().dup();
        assertThatThrownBy(() -> interpolation.evaluate(axis, first.params(), same, Moving.WEIGHTS, () -> false))
                .hasMessageContaining("two models are the same");
        INDArray larger = Networks.normal(new Random(seed), first.numParams() + 1);
        assertThatThrownBy(() -> interpolation.evaluate(axis, first.params(), larger, Moving.STATES, () -> false))
                .hasMessageContaining("one architecture")
                .hasMessageContaining("got " + larger.length());
    }
}
