package org.thalweg.objective.coverage;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/**
 * A tiny network with a class of Deeplearning4j's in it, and examples for it.
 *
 * @param type the class
 * @param variant its options, where there are several examples of it; may be empty
 * @param maker makes the network, with random weights, and its examples
 */
record CoverageExample(Class<?> type, String variant, Function<Random, Instance> maker) {

    /** One draw of it. */
    record Instance(Model network, DataSet data) {
        Probe probe() {
            return Probe.of(data);
        }

        /** What Deeplearning4j itself says of it. */
        double score() {
            return network instanceof MultiLayerNetwork layers
                    ? layers.score(data, false)
                    : ((ComputationGraph) network).score(data, false);
        }
    }

    String name() {
        return "`" + type.getSimpleName() + "`" + (variant.isEmpty() ? "" : " " + variant);
    }

    /** Layers one after the other. */
    static Instance layers(
            Random random, InputType input, INDArray features, Labels labels, List<Supplier<Layer>> layers) {
        NeuralNetConfiguration.ListBuilder list = base(random).list();
        layers.forEach(layer -> list.layer(layer.get()));
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        INDArray targets = labels.draw(random, network.output(features).shape());
        return new Instance(network, new DataSet(features, targets));
    }

    /** A graph from the input {@code in} to the output {@code out}. */
    static Instance graph(Random random, Form form, Consumer<GraphBuilder> vertices) {
        GraphBuilder builder = base(random).graphBuilder().addInputs("in");
        vertices.accept(builder);
        ComputationGraph network = new ComputationGraph(
                builder.setOutputs("out").setInputTypes(form.type()).build());
        network.init();
        INDArray features = form.features(random);
        INDArray targets =
                Labels.REAL.draw(random, network.outputSingle(features).shape());
        return new Instance(network, new DataSet(features, targets));
    }

    private static NeuralNetConfiguration.Builder base(Random random) {
        return Networks.base(DataType.DOUBLE, random.nextLong()).convolutionMode(ConvolutionMode.Truncate);
    }
}
