package org.thalweg.objective.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What counts as right, by the kind of output. */
class NetworkAccuracyTest {

    private static final long SEED = Seeds.fresh("NetworkAccuracyTest");

    @Test
    void ofSequencesIsThatOfTheNetworksOwnEvaluation() {
        MultiLayerNetwork lstm = Networks.lstm(DataType.FLOAT, SEED);
        DataSet data = Networks.sequences(30, 6, SEED);
        data.setFeatures(data.getFeatures().castTo(DataType.FLOAT));
        data.setLabels(data.getLabels().castTo(DataType.FLOAT));
        NetworkObjective objective = NetworkObjective.of(lstm, Probe.of(data), ObjectiveOptions.DEFAULT);
        Evaluation evaluation = new Evaluation();
        evaluation.evalTimeSeries(
                data.getLabels(),
                lstm.output(data.getFeatures(), false, data.getFeaturesMaskArray(), data.getLabelsMaskArray()),
                data.getLabelsMaskArray());
        assertThat(objective.evaluate(objective.layout().pack(lstm.params())).accuracyOrNaN())
                .isCloseTo(100 * evaluation.accuracy(), within(1e-9));
    }

    @Test
    void sigmoidOutputsCountEntriesAndRegressionHasNoAccuracy() {
        INDArray features = Networks.normal(new Random(SEED), 12, 6);
        INDArray labels = Networks.normal(new Random(SEED + 1), 12, 4).gt(0).castTo(DataType.DOUBLE);
        MultiLayerNetwork sigmoid = single(Activation.SIGMOID, LossFunction.XENT);
        INDArray right = sigmoid.output(features).gt(0.5).eq(labels.gt(0.5)).castTo(DataType.DOUBLE);
        NetworkObjective objective = NetworkObjective.of(sigmoid, Probe.of(features, labels), ObjectiveOptions.DEFAULT);
        assertThat(objective.evaluate(objective.layout().pack(sigmoid.params())).accuracyOrNaN())
                .isCloseTo(100 * right.meanNumber().doubleValue(), within(1e-9));

        MultiLayerNetwork regression = single(Activation.IDENTITY, LossFunction.MSE);
        NetworkObjective mse = NetworkObjective.of(regression, Probe.of(features, labels), ObjectiveOptions.DEFAULT);
        assertThat(mse.evaluate(mse.layout().pack(regression.params())).accuracy())
                .isEmpty();
    }

    /** Comparisons with NaN are false, which reads as a class or as the other half of the labels. */
    @ParameterizedTest
    @CsvSource({"SIGMOID, XENT", "SOFTMAX, MCXENT"})
    void aDivergedNetworkHasNone(Activation activation, LossFunction loss) {
        INDArray features = Networks.normal(new Random(SEED), 12, 6);
        INDArray labels = Networks.data(12, SEED, 6).getLabels().castTo(DataType.DOUBLE);
        INDArray four = Nd4j.hstack(labels, Nd4j.zeros(DataType.DOUBLE, 12, 4 - labels.size(1)));
        MultiLayerNetwork network = single(activation, loss);
        Probe probe = Probe.of(features, four);
        for (Objective objective : List.of(
                NetworkObjective.of(network, probe, ObjectiveOptions.DEFAULT),
                CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT))) {
            INDArray theta = objective.layout().pack(network.params());
            assertThat(objective.evaluate(theta).accuracy()).as("seed %d", SEED).isPresent();
            ObjectiveValue diverged = objective.evaluate(theta.dup().assign(Double.NaN));
            assertThat(diverged.loss()).as("seed %d", SEED).isNaN();
            assertThat(diverged.accuracy()).as("seed %d", SEED).isEmpty();
        }
    }

    private static MultiLayerNetwork single(Activation activation, LossFunction loss) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, SEED)
                .list()
                .layer(new OutputLayer.Builder(loss)
                        .nIn(6)
                        .nOut(4)
                        .activation(activation)
                        .build())
                .build());
        network.init();
        return network;
    }
}
