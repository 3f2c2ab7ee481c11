package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.TiedDense.Reading;

/** One parameter array that several steps read: gradients and products are sums over them. */
class TiedWeightsTest {

    private static final int EXAMPLES = 5;
    private static final int TIME = 4;
    private static final int SIZE = 6;

    private final Fresh fresh = Fresh.start();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OVER_TIME")
    void gradientsAddUp(Reading reading) {
        MultiLayerNetwork network = network(reading);
        Probe probe =
                Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, SIZE), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 3));
        new Contract(network, probe, fresh, "tied weights, " + reading).holdDerivatives(ObjectiveOptions.DEFAULT);
        new Contract(network, probe, fresh, "tied weights in batches of 2, " + reading)
                .holdDerivatives(ObjectiveOptions.DEFAULT.withBatchSize(2));
        new Contract(network, probe, fresh, "tied weights computed again, " + reading)
                .holdDerivatives(ObjectiveOptions.DEFAULT.withMemoryBudget(1));
    }

    @Test
    void recurrenceOverViewsOfAMaskedSequence() {
        MultiLayerNetwork network = network(Reading.OVER_TIME);
        INDArray features = fresh.normal(DataType.DOUBLE, EXAMPLES, SIZE, TIME);
        INDArray mask = fresh.bits(DataType.DOUBLE, EXAMPLES, TIME);
        INDArray labels = fresh.oneHot(DataType.DOUBLE, EXAMPLES, 3);
        Probe probe = Probe.of(new DataSet(features, labels, mask, null));
        new Contract(network, probe, fresh, "recurrence").holdDerivatives(ObjectiveOptions.DEFAULT);
        new Contract(network, probe, fresh, "recurrence in batches of 2")
                .holdDerivatives(ObjectiveOptions.DEFAULT.withBatchSize(2));
        try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            double expected = loss(network, features, mask, labels);
            assertThat(objective.evaluate(theta).loss())
                    .as("loss, -Dthalweg.seed=" + fresh.seed())
                    .isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
        }
    }

    private MultiLayerNetwork network(Reading reading) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(new TiedDense(SIZE, reading))
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(SIZE)
                        .nOut(3)
                        .build())
                .build());
        network.init();
        return fresh.parameters(network);
    }

    /** Of h = m tanh(x W + h W + b) over time, by ND4J's own operations. */
    private static double loss(MultiLayerNetwork network, INDArray features, INDArray mask, INDArray labels) {
        INDArray weight = network.getParam("0_W");
        INDArray state = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, SIZE);
        for (int t = 0; t < TIME; t++) {
            INDArray x = features.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t))
                    .dup();
            INDArray z = x.add(state).mmul(weight).addiRowVector(network.getParam("0_b"));
            state = Transforms.tanh(z).muliColumnVector(mask.getColumn(t).dup());
        }
        INDArray logits = state.mmul(network.getParam("1_W")).addiRowVector(network.getParam("1_b"));
        INDArray probabilities = Transforms.softmax(logits);
        return -Transforms.log(probabilities).muli(labels).sumNumber().doubleValue() / EXAMPLES;
    }
}
