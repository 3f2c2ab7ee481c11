package org.thalweg.demo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.thalweg.testing.Seeds;

/** Steps by the compiled objective's gradients against those of Deeplearning4j's own {@code fit}. */
class CompiledTrainingTest {

    private static final int STEPS = 50;

    private final long seed = Seeds.fresh("CompiledTrainingTest");

    @Test
    void stepsAreThoseOfFit() {
        Nd4j.getRandom().setSeed(seed);
        List<DataSet> batches = IntStream.range(0, STEPS)
                .mapToObj(i -> batch(i % 7 == 6 ? 5 : 8))
                .toList();
        ComputationGraph fitted = network();
        ComputationGraph stepped = fitted.clone();
        batches.forEach(fitted::fit);
        // Half-way the network is all that continues.
        train(stepped, batches.subList(0, STEPS / 2));
        train(stepped, batches.subList(STEPS / 2, STEPS));
        assertThat(stepped.getIterationCount()).isEqualTo(fitted.getIterationCount());
        assertClose(stepped.params(), fitted.params());
        assertClose(
                stepped.getUpdater().getStateViewArray(), fitted.getUpdater().getStateViewArray());
        fitted.fit(batches.get(0));
        stepped.fit(batches.get(0));
        assertClose(stepped.params(), fitted.params());
    }

    private static void train(ComputationGraph network, List<DataSet> batches) {
        try (CompiledTraining training = new CompiledTraining(network, updater(), batches.get(0))) {
            batches.forEach(training::step);
            training.write(0);
        }
    }

    private void assertClose(INDArray actual, INDArray expected) {
        assertThat(Transforms.abs(actual.sub(expected)).maxNumber().doubleValue())
                .as("seed %d", seed)
                .isCloseTo(0, within(1e-8 * expected.amaxNumber().doubleValue()));
    }

    private static Nesterovs updater() {
        return new Nesterovs(
                new MapSchedule.Builder(ScheduleType.ITERATION)
                        .add(0, 0.05)
                        .add(30, 0.005)
                        .build(),
                0.9);
    }

    private static DataSet batch(int size) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, size, 3);
        for (int i = 0; i < size; i++) {
            labels.putScalar(i, Nd4j.getRandom().nextInt(3), 1);
        }
        return new DataSet(Nd4j.rand(DataType.DOUBLE, size, 36), labels);
    }

    private ComputationGraph network() {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .updater(updater())
                .l2(5e-3)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutionalFlat(6, 6, 1));
        String stem =
                NormalizedGraph.relu(graph, "stem", NormalizedGraph.convolution(graph, "stem", 3, 1, 4, "images"));
        String block = NormalizedGraph.convolution(graph, "block", 3, 1, 4, stem);
        graph.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), block, stem);
        ComputationGraph network =
                new ComputationGraph(NormalizedGraph.classifier(graph, 3, NormalizedGraph.relu(graph, "block", "sum")));
        network.init();
        return network;
    }
}
