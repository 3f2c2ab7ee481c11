package org.thalweg.objective.compiled;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.program.GraphPasses;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.internal.rule.LayerCompilation;
import org.thalweg.objective.compiled.internal.rule.VertexCompilation;
import org.thalweg.objective.compiled.spi.Value;

/** Turns the configuration of a network into a {@link Program}; of the network itself only shapes are read. */
final class NetworkCompiler {

    private final ProgramBuilder builder = new ProgramBuilder();
    private final Preprocessors preprocessors;
    private final ObjectiveMode mode;
    private final CNN2DFormat format;

    private NetworkCompiler(ObjectiveMode mode, CNN2DFormat format) {
        this.mode = mode;
        this.format = format;
        this.preprocessors = new Preprocessors(builder);
    }

    /**
     * The program of a network for probes of a shape.
     *
     * @throws UnsupportedNetworkException if anything in it is not covered
     */
    static Program compile(Model model, Probe probe, ObjectiveMode mode) {
        DataType type = model.params() == null ? DataType.FLOAT : model.params().dataType();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new UnsupportedNetworkException("network", "has the data type " + type + ", not FLOAT or DOUBLE");
        }
        NetworkCompiler compiler = new NetworkCompiler(mode, ImageFormat.of(model));
        if (model instanceof MultiLayerNetwork network) {
            compiler.add(network, probe);
        } else if (model instanceof ComputationGraph graph) {
            compiler.add(graph, probe);
        } else {
            throw new UnsupportedNetworkException(
                    model.getClass().getName(), "is neither a MultiLayerNetwork nor a ComputationGraph");
        }
        return GraphPasses.poolBeforeActivation(compiler.builder.build(NetworkLayout.of(model)));
    }

    private void add(MultiLayerNetwork network, Probe probe) {
        int layers = network.getnLayers();
        Value value = input(probe, 0);
        for (int i = 0; i < layers; i++) {
            InputPreProcessor preprocessor =
                    network.getLayerWiseConfigurations().getInputPreProcess(i);
            Layer layer = network.getLayerWiseConfigurations().getConf(i).getLayer();
            value = layer(Integer.toString(i), layer, preprocessor, value, i == layers - 1 ? 0 : -1);
        }
        requireOutputs(List.of("layer " + (layers - 1)));
    }

    private void add(ComputationGraph graph, Probe probe) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        Map<String, Value> values = new HashMap<>();
        List<String> inputs = configuration.getNetworkInputs();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i), input(probe, i));
        }
        for (int index : graph.topologicalSortOrder()) {
            String name = graph.getVertices()[index].getVertexName();
            GraphVertex vertex = configuration.getVertices().get(name);
            if (vertex != null) {
                List<Value> read = configuration.getVertexInputs().getOrDefault(name, List.of()).stream()
                        .map(input -> known(values, input, name, configuration.getNetworkOutputs()))
                        .toList();
                int labels = configuration.getNetworkOutputs().indexOf(name);
                values.put(name, vertex(name, vertex, read, labels));
            }
        }
        requireOutputs(configuration.getNetworkOutputs());
    }

    private Value vertex(String name, GraphVertex vertex, List<Value> inputs, int labels) {
        if (vertex.getClass() == LayerVertex.class) {
            LayerVertex layer = (LayerVertex) vertex;
            return layer(name, layer.getLayerConf().getLayer(), layer.getPreProcessor(), inputs.get(0), labels);
        }
        if (vertex.getClass() == PreprocessorVertex.class) {
            return preprocessors.apply(name, ((PreprocessorVertex) vertex).getPreProcessor(), inputs.get(0));
        }
        return new VertexCompilation(name, vertex, mode, format, builder).compile(inputs);
    }

    private Value layer(
            String id, Layer configuration, @Nullable InputPreProcessor preprocessor, Value input, int labels) {
        Layer layer = NetworkLayout.unwrapped(configuration);
        String name = layer.getLayerName() == null ? "layer " + id : layer.getLayerName();
        boolean frozen = configuration instanceof FrozenLayer || configuration instanceof FrozenLayerWithBackprop;
        if (!frozen && !layer.equals(configuration)) {
            throw new UnsupportedNetworkException(
                    name, "is wrapped in " + configuration.getClass().getSimpleName() + ", which is not covered");
        }
        Value value = preprocessor == null ? input : preprocessors.apply(name, preprocessor, input);
        // DL4J runs frozen layers as in prediction, whatever the network does.
        ObjectiveMode layerMode = frozen ? ObjectiveMode.RUNNING : mode;
        return new LayerCompilation(id, name, layer, layerMode, format, labels, builder).compile(value);
    }

    /** The probe's features, images with their channels last. */
    private Value input(Probe probe, int index) {
        if (index >= probe.features().size()) {
            throw new IllegalArgumentException("network has more inputs than the probe's "
                    + probe.features().size() + " features arrays");
        }
        long[] shape = probe.features().get(index).shape();
        INDArray mask = probe.featuresMasks().get(index);
        long[] maskShape = mask == null ? null : PackedProbe.exampleShape(mask.shape(), format);
        return builder.input(maskShape, PackedProbe.exampleShape(shape, format));
    }

    private void requireOutputs(List<String> names) {
        if (builder.outputs() != names.size()) {
            throw new UnsupportedNetworkException(
                    String.join(", ", names),
                    "must all be output layers with a loss, because otherwise there is no function to evaluate");
        }
    }

    private static Value known(Map<String, Value> values, String input, String reader, List<String> outputs) {
        if (outputs.contains(input)) {
            // DL4J's own gradient leaves such a reader out, so that there is nothing to agree with.
            throw new UnsupportedNetworkException(reader, "reads " + input + ", an output, which is not covered");
        }
        Value value = values.get(input);
        if (value == null) {
            throw new UnsupportedNetworkException(reader, "reads " + input + ", which nothing computes");
        }
        return value;
    }
}
