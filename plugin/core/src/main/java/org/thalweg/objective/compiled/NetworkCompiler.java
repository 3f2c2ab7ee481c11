package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
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
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.GraphPasses;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.internal.rule.LayerCompilation;
import org.thalweg.objective.compiled.internal.rule.VertexCompilation;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Turns the configuration of a network into programs, one for each shape of probe. It keeps only the network's
 * configuration and layout.
 */
final class NetworkCompiler {

    private final BiConsumer<Compilation, Probe> network;
    private final ParameterLayout layout;
    private final DataFormats formats;
    private final ObjectiveMode mode;

    private NetworkCompiler(
            BiConsumer<Compilation, Probe> network, ParameterLayout layout, DataFormats formats, ObjectiveMode mode) {
        this.network = network;
        this.layout = layout;
        this.formats = formats;
        this.mode = mode;
    }

    /**
     * The compiler of a network.
     *
     * @throws UnsupportedNetworkException if its parameters or formats are not supported
     */
    static NetworkCompiler of(Model model, ObjectiveMode mode) {
        DataType type = model.params() == null ? DataType.FLOAT : model.params().dataType();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new UnsupportedNetworkException("network", "has the data type " + type + ", not FLOAT or DOUBLE");
        }
        DataFormats formats = DataFormats.of(model);
        return new NetworkCompiler(structure(model), NetworkLayout.of(model), formats, mode);
    }

    private static BiConsumer<Compilation, Probe> structure(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
            int layers = network.getnLayers();
            return (compilation, probe) -> compilation.add(configuration, layers, probe);
        }
        if (model instanceof ComputationGraph graph) {
            ComputationGraphConfiguration configuration = graph.getConfiguration();
            List<String> order = Arrays.stream(graph.topologicalSortOrder())
                    .mapToObj(index -> graph.getVertices()[index].getVertexName())
                    .toList();
            return (compilation, probe) -> compilation.add(configuration, order, probe);
        }
        throw new UnsupportedNetworkException(
                model.getClass().getName(), "is neither a MultiLayerNetwork nor a ComputationGraph");
    }

    /** The order of the axes of the network's arrays. */
    DataFormats formats() {
        return formats;
    }

    /**
     * The program for probes of a shape.
     *
     * @throws UnsupportedNetworkException if anything in the network is not supported
     */
    Program compile(Probe probe) {
        Compilation compilation = new Compilation(mode, formats, PackedProbe.fractionalMasks(probe));
        network.accept(compilation, probe);
        return GraphPasses.poolBeforeActivation(compilation.builder.build(layout));
    }

    /** A program under construction. */
    private static final class Compilation {

        private final ProgramBuilder builder;
        private final Preprocessors preprocessors;
        private final ObjectiveMode mode;
        private final DataFormats formats;
        private final Map<String, Value> networkInputs = new HashMap<>();

        Compilation(ObjectiveMode mode, DataFormats formats, Set<Integer> fractionalMasks) {
            this.mode = mode;
            this.formats = formats;
            this.builder = new ProgramBuilder(fractionalMasks);
            this.preprocessors = new Preprocessors(builder, formats);
        }

        void add(MultiLayerConfiguration network, int layers, Probe probe) {
            Value value = input(probe, 0);
            for (int i = 0; i < layers; i++) {
                Layer layer = network.getConf(i).getLayer();
                int labels = i == layers - 1 ? 0 : -1;
                value = layer(Integer.toString(i), layer, network.getInputPreProcess(i), value, labels);
            }
            requireOutputs(List.of("layer " + (layers - 1)));
        }

        void add(ComputationGraphConfiguration network, List<String> order, Probe probe) {
            List<String> inputs = network.getNetworkInputs();
            for (int i = 0; i < inputs.size(); i++) {
                networkInputs.put(inputs.get(i), input(probe, i));
            }
            Map<String, List<Value>> values = new HashMap<>();
            networkInputs.forEach((name, value) -> values.put(name, List.of(value)));
            for (String name : order) {
                GraphVertex vertex = network.getVertices().get(name);
                if (vertex != null) {
                    List<List<Value>> read = network.getVertexInputs().getOrDefault(name, List.of()).stream()
                            .map(input -> known(values, input, name, network.getNetworkOutputs()))
                            .toList();
                    int labels = network.getNetworkOutputs().indexOf(name);
                    values.put(name, members(name, vertex, read, labels));
                }
            }
            requireOutputs(network.getNetworkOutputs());
        }

        /** What a vertex computes: one value, or for stacked inputs one value for each member of the stack. */
        private List<Value> members(String name, GraphVertex vertex, List<List<Value>> inputs, int labels) {
            Stacks stacks = new Stacks(name, inputs);
            if (vertex.getClass() == StackVertex.class) {
                return stacks.stacked();
            }
            if (vertex.getClass() == UnstackVertex.class) {
                return stacks.unstacked((UnstackVertex) vertex, builder);
            }
            int size = stacks.size();
            if (size > 1) {
                stacks.requireMembersApart(vertex, mode, labels);
            }
            return IntStream.range(0, size)
                    .mapToObj(member -> vertex(name, vertex, stacks.inputs(member), labels, mode))
                    .toList();
        }

        private Value vertex(
                String name, GraphVertex vertex, List<Value> inputs, int labels, ObjectiveMode vertexMode) {
            if (vertex.getClass() == LayerVertex.class) {
                LayerVertex layer = (LayerVertex) vertex;
                return layer(name, layer.getLayerConf().getLayer(), layer.getPreProcessor(), inputs.get(0), labels);
            }
            if (vertex.getClass() == PreprocessorVertex.class) {
                return preprocessors.apply(name, ((PreprocessorVertex) vertex).getPreProcessor(), inputs.get(0));
            }
            if (vertex.getClass() == FrozenVertex.class) {
                GraphVertex within = ((FrozenVertex) vertex).getUnderlying();
                return vertex(name, within, inputs, labels, ObjectiveMode.RUNNING);
            }
            Value value =
                    new VertexCompilation(name, vertex, vertexMode, formats, builder, networkInputs).compile(inputs);
            return value.withStepsAsExamples(inputs.stream().anyMatch(Value::stepsAsExamples));
        }

        private Value layer(
                String id, Layer configuration, @Nullable InputPreProcessor preprocessor, Value input, int labels) {
            Layer layer = configuration;
            while (layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop) {
                layer = layer instanceof FrozenLayer within
                        ? within.getLayer()
                        : ((FrozenLayerWithBackprop) layer).getUnderlying();
            }
            String given = NetworkLayout.unwrapped(layer).getLayerName();
            String name = given == null ? "layer " + id : given;
            Value value = preprocessor == null ? input : preprocessors.apply(name, preprocessor, input);
            // DL4J always runs frozen layers in prediction mode.
            ObjectiveMode layerMode = layer.equals(configuration) ? mode : ObjectiveMode.RUNNING;
            return new LayerCompilation(id, name, layer, layerMode, formats, labels, builder)
                    .compile(value)
                    .withStepsAsExamples(value.stepsAsExamples());
        }

        /** The probe's features, channels last. */
        private Value input(Probe probe, int index) {
            if (index >= probe.features().size()) {
                throw new IllegalArgumentException("network has more inputs than the probe's "
                        + probe.features().size() + " features arrays");
            }
            long[] shape = formats.exampleShape(probe.features().get(index).shape());
            INDArray mask = probe.featuresMasks().get(index);
            return builder.input(mask == null ? null : formats.exampleShape(mask.shape()), shape);
        }

        private void requireOutputs(List<String> names) {
            if (builder.comparedLabels() != names.size()) {
                throw new UnsupportedNetworkException(
                        String.join(", ", names),
                        "must all be output layers with a loss, because otherwise there is no function to evaluate");
            }
        }

        private static List<Value> known(
                Map<String, List<Value>> values, String input, String reader, List<String> outputs) {
            if (outputs.contains(input)) {
                // DL4J's own gradient ignores such a reader, so there is nothing to agree with.
                throw new UnsupportedNetworkException(reader, "reads " + input + ", an output, which is not covered");
            }
            List<Value> value = values.get(input);
            if (value == null) {
                throw new UnsupportedNetworkException(reader, "reads " + input + ", which nothing computes");
            }
            return value;
        }
    }
}
