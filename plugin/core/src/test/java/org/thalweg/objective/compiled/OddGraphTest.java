package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** The contract for graphs that are odd on purpose. */
class OddGraphTest {

    private final Fresh fresh = Fresh.start();

    @Test
    void aValueMayBeReadTwiceByTheSameVertex() {
        for (ElementWiseVertex.Op op :
                new ElementWiseVertex.Op[] {ElementWiseVertex.Op.Add, ElementWiseVertex.Op.Product}) {
            ComputationGraph graph = graph("twice", op, "hidden", "hidden");
            new Contract(graph, probe(5), fresh, op + " of a value with itself").hold();
        }
    }

    @Test
    void oneExampleIsAProbe() {
        ComputationGraph graph = graph("sum", ElementWiseVertex.Op.Add, "hidden", "hidden");
        new Contract(graph, probe(1), fresh, "one example").hold();
    }

    @Test
    void outputsThatOthersReadAreRefused() {
        ComputationGraph graph = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", output(3), "in")
                .addLayer("second", output(2), "first")
                .setOutputs("first", "second")
                .build());
        graph.init();
        INDArray features = fresh.normal(DataType.DOUBLE, 4, 3);
        Probe probe = Probe.of(new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {features},
                new INDArray[] {fresh.oneHot(DataType.DOUBLE, 4, 3), fresh.oneHot(DataType.DOUBLE, 4, 2)}));
        assertThatThrownBy(() -> CompiledObjective.of(graph, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("second")
                .hasMessageContaining("first");
    }

    private ComputationGraph graph(String name, ElementWiseVertex.Op op, String... inputs) {
        ComputationGraph graph = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(3).nOut(3).build(), "in")
                .addVertex(name, new ElementWiseVertex(op), inputs)
                .addLayer("out", output(3), name)
                .setOutputs("out")
                .build());
        graph.init();
        return fresh.parameters(graph);
    }

    private NeuralNetConfiguration.Builder builder() {
        return SmallArchitectures.builder(Activation.TANH).seed(fresh.seed());
    }

    private static OutputLayer output(int size) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(3)
                .nOut(size)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private Probe probe(int examples) {
        return Probe.of(fresh.normal(DataType.DOUBLE, examples, 3), fresh.oneHot(DataType.DOUBLE, examples, 3));
    }
}
