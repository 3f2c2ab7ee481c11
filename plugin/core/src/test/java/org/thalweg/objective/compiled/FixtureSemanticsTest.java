package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.Probe;

/** The reference values describe Deeplearning4j: its own score and gradient are those that PyTorch finds. */
class FixtureSemanticsTest {

    /** Deeplearning4j's score is that of the predicting network, with the penalties. */
    static Stream<Fixture> scored() {
        return Fixture.all()
                .filter(fixture -> fixture.options().mode() == ObjectiveMode.RUNNING
                        && !fixture.name().endsWith("data-loss"));
    }

    /** Its gradient has no penalties, drops out, and is that of the batch statistics. */
    static Stream<Fixture> differentiated() {
        return Fixture.all()
                .filter(fixture -> !fixture.options().regularized()
                        && !fixture.has("dropout")
                        && fixture.options().mode() != ObjectiveMode.TRAINING
                        && (fixture.options().mode() == ObjectiveMode.BATCH || !fixture.has("batchnorm")));
    }

    @ParameterizedTest
    @MethodSource("scored")
    void deeplearning4jHasTheSameLoss(Fixture fixture) {
        Model model = FixtureNetwork.of(fixture, DataType.DOUBLE);
        double score = model instanceof ComputationGraph graph
                ? graph.score(fixture.data(), false)
                : ((MultiLayerNetwork) model).score(single(fixture.data()), false);
        assertThat(score)
                .describedAs(fixture.name())
                .isCloseTo(fixture.loss(), within(fixture.tolerance() * Math.abs(fixture.loss())));
    }

    @ParameterizedTest
    @MethodSource("differentiated")
    void deeplearning4jHasTheSameGradient(Fixture fixture) {
        Model model = FixtureNetwork.of(fixture, DataType.DOUBLE);
        Map<String, INDArray> sum = new LinkedHashMap<>();
        Probe probe = Probe.of(fixture.data());
        for (Probe batch : probe.batches(fixture.options().batchSize())) {
            Gradient gradient = gradient(model, batch.toMultiDataSet());
            for (String key : fixture.trainable()) {
                sum.merge(key, gradient.getGradientFor(key).dup(), INDArray::add);
            }
        }
        sum.values().forEach(array -> array.divi(probe.size()));
        double[] expected = fixture.flatten(fixture.gradient());
        assertThat(distance(fixture.flatten(sum), expected))
                .describedAs(fixture.name())
                .isLessThan(fixture.tolerance());
    }

    /** ||a - b|| / ||b|| */
    static double distance(double[] a, double[] b) {
        assertThat(a).hasSameSizeAs(b);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(difference / norm);
    }

    private static Gradient gradient(Model model, MultiDataSet data) {
        if (model instanceof ComputationGraph graph) {
            graph.setInputs(data.getFeatures());
            graph.setLabels(data.getLabels());
            graph.setLayerMaskArrays(null, data.getLabelsMaskArrays());
            graph.computeGradientAndScore();
            return graph.gradient();
        }
        MultiLayerNetwork network = (MultiLayerNetwork) model;
        DataSet batch = single(data);
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.setLayerMaskArrays(null, batch.getLabelsMaskArray());
        network.computeGradientAndScore();
        return network.gradient();
    }

    private static DataSet single(MultiDataSet data) {
        INDArray[] masks = data.getLabelsMaskArrays();
        return new DataSet(data.getFeatures(0), data.getLabels(0), null, masks == null ? null : masks[0]);
    }
}
