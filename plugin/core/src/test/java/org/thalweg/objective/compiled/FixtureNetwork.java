package org.thalweg.objective.compiled;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Deeplearning4j's network of a {@link Fixture}: a chain is a MultiLayerNetwork, the rest a ComputationGraph. */
final class FixtureNetwork {

    private final JsonObject description;
    private final DataType type;

    private FixtureNetwork(JsonObject description, DataType type) {
        this.description = description;
        this.type = type;
    }

    /** The network with the fixture's weights. */
    static Model of(Fixture fixture, DataType type) {
        FixtureNetwork builder = new FixtureNetwork(fixture.network(), type);
        Model model = builder.isChain() ? builder.chain() : builder.graph();
        fixture.weights().forEach((key, value) -> assign(model.getParam(key), value));
        return model;
    }

    private MultiLayerNetwork chain() {
        ListBuilder list = common().list();
        nodes().forEach(node -> list.layer(layer(node)));
        list.setInputType(inputTypes()[0]);
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    private ComputationGraph graph() {
        GraphBuilder graph = common().graphBuilder();
        graph.addInputs(List.copyOf(description.getAsJsonObject("inputs").keySet()));
        for (JsonObject node : nodes()) {
            String[] from = strings(node.getAsJsonArray("from").asList());
            switch (text(node, "type")) {
                case "elementwise", "merge" -> graph.addVertex(text(node, "name"), vertex(node), from);
                default -> graph.addLayer(text(node, "name"), layer(node), from);
            }
        }
        graph.setOutputs(strings(description.getAsJsonArray("outputs").asList()));
        graph.setInputTypes(inputTypes());
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }

    private static void assign(INDArray parameters, INDArray value) {
        parameters.assign(value.castTo(parameters.dataType()).reshape('c', parameters.shape()));
    }

    private boolean isChain() {
        List<JsonObject> nodes = nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (!text(nodes.get(i), "name").equals(String.valueOf(i))) {
                return false;
            }
        }
        return true;
    }

    private NeuralNetConfiguration.Builder common() {
        return new NeuralNetConfiguration.Builder()
                .dataType(type)
                .activation(Activation.IDENTITY)
                .l1(number("l1"))
                .l2(number("l2"))
                .l1Bias(number("l1Bias"))
                .l2Bias(number("l2Bias"));
    }

    private InputType[] inputTypes() {
        return description.getAsJsonObject("inputs").entrySet().stream()
                .map(input -> integers(input.getValue()))
                .map(FixtureNetwork::inputType)
                .toArray(InputType[]::new);
    }

    private static InputType inputType(int[] shape) {
        return switch (shape.length) {
            case 1 -> InputType.feedForward(shape[0]);
            case 3 -> InputType.convolutional(shape[1], shape[2], shape[0]);
            default ->
                InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, shape[1], shape[2], shape[3], shape[0]);
        };
    }

    private GraphVertex vertex(JsonObject node) {
        return text(node, "type").equals("merge")
                ? new MergeVertex()
                : new ElementWiseVertex(ElementWiseVertex.Op.valueOf(text(node, "op")));
    }

    private Layer layer(JsonObject node) {
        Layer layer = switch (text(node, "type")) {
            case "dense" ->
                new DenseLayer.Builder()
                        .nOut(node.get("out").getAsInt())
                        .activation(activation(node))
                        .hasBias(flag(node, "bias", true))
                        .build();
            case "output" ->
                new OutputLayer.Builder(loss(node))
                        .nOut(node.get("out").getAsInt())
                        .activation(activation(node))
                        .hasBias(flag(node, "bias", true))
                        .build();
            case "loss" ->
                new LossLayer.Builder(loss(node)).activation(activation(node)).build();
            case "convolution" -> convolution(node);
            case "depthwise", "separable" -> depthwise(node);
            case "convolution3d" -> convolution3D(node);
            case "pooling" -> pooling(node);
            case "batchnorm" ->
                new BatchNormalization.Builder()
                        .eps(node.has("eps") ? node.get("eps").getAsDouble() : 1e-5)
                        .useLogStd(flag(node, "logStd", true))
                        .build();
            case "activation" -> new ActivationLayer(activation(node));
            case "dropout" -> new DropoutLayer(1.0);
            case "globalpooling" -> new GlobalPoolingLayer(PoolingType.valueOf(text(node, "pool")));
            case "zeropadding" -> new ZeroPaddingLayer.Builder(integers(node.get("padding"))).build();
            default -> throw new IllegalArgumentException("unknown node type in " + node);
        };
        if (node.has("dropOut")) {
            layer.setIDropout(dropout(node.getAsJsonObject("dropOut")));
        }
        if (layer instanceof BaseLayer weighted && description.has("weightDecay")) {
            // Deeplearning4j 1.0.0-M2.1 counts the weight decay of the whole network twice, that of a layer once.
            weighted.setRegularization(List.of(new WeightDecay(number("weightDecay"), true)));
        }
        return flag(node, "frozen", false) ? new FrozenLayer(layer) : layer;
    }

    private static IDropout dropout(JsonObject node) {
        double p = node.get("p").getAsDouble();
        return switch (text(node, "kind")) {
            case "Dropout" -> new Dropout(p);
            case "SpatialDropout" -> new SpatialDropout(p);
            case "GaussianDropout" -> new GaussianDropout(p);
            case "GaussianNoise" -> new GaussianNoise(p);
            case "AlphaDropout" -> new AlphaDropout(p);
            default -> throw new IllegalArgumentException("unknown kind of dropout in " + node);
        };
    }

    private static Layer convolution(JsonObject node) {
        return new ConvolutionLayer.Builder(pair(node, "kernel", 1))
                .stride(pair(node, "stride", 1))
                .padding(pair(node, "padding", 0))
                .dilation(pair(node, "dilation", 1))
                .convolutionMode(convolutionMode(node))
                .nOut(node.get("out").getAsInt())
                .activation(activation(node))
                .hasBias(flag(node, "bias", true))
                .build();
    }

    private static Layer depthwise(JsonObject node) {
        int multiplier = node.has("multiplier") ? node.get("multiplier").getAsInt() : 1;
        int[] kernel = pair(node, "kernel", 1);
        if (text(node, "type").equals("separable")) {
            return withWindows(new SeparableConvolution2D.Builder(kernel), node)
                    .depthMultiplier(multiplier)
                    .nOut(node.get("out").getAsInt())
                    .build();
        }
        return withWindows(new DepthwiseConvolution2D.Builder(kernel), node)
                .depthMultiplier(multiplier)
                .build();
    }

    private static <B extends ConvolutionLayer.BaseConvBuilder<B>> B withWindows(B builder, JsonObject node) {
        return builder.stride(pair(node, "stride", 1))
                .padding(pair(node, "padding", 0))
                .convolutionMode(convolutionMode(node))
                .activation(activation(node))
                .hasBias(flag(node, "bias", true));
    }

    private static Layer convolution3D(JsonObject node) {
        return new Convolution3D.Builder(integers(node.get("kernel")))
                .stride(node.has("stride") ? integers(node.get("stride")) : new int[] {1, 1, 1})
                .padding(node.has("padding") ? integers(node.get("padding")) : new int[] {0, 0, 0})
                .nOut(node.get("out").getAsInt())
                .activation(activation(node))
                .build();
    }

    private static Layer pooling(JsonObject node) {
        return new SubsamplingLayer.Builder(PoolingType.valueOf(text(node, "pool")))
                .kernelSize(pair(node, "kernel", 1))
                .stride(pair(node, "stride", 1))
                .padding(pair(node, "padding", 0))
                .convolutionMode(convolutionMode(node))
                .build();
    }

    private static ILossFunction loss(JsonObject node) {
        LossFunction function = LossFunction.valueOf(text(node, "loss"));
        if (!node.has("weights")) {
            return function.getILossFunction();
        }
        double[] values = node.getAsJsonArray("weights").asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
        INDArray weights = Nd4j.createFromArray(values).reshape(1, values.length);
        return switch (function) {
            case MCXENT -> new LossMCXENT(weights);
            case XENT -> new LossBinaryXENT(weights);
            case MSE -> new LossMSE(weights);
            case L1 -> new LossL1(weights);
            default -> throw new IllegalArgumentException("no weights for the loss in " + node);
        };
    }

    private static ConvolutionMode convolutionMode(JsonObject node) {
        return node.has("mode") ? ConvolutionMode.valueOf(text(node, "mode")) : ConvolutionMode.Truncate;
    }

    private static Activation activation(JsonObject node) {
        return node.has("activation") ? Activation.valueOf(text(node, "activation")) : Activation.IDENTITY;
    }

    private List<JsonObject> nodes() {
        return description.getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private double number(String name) {
        return description.has(name) ? description.get(name).getAsDouble() : 0;
    }

    private static boolean flag(JsonObject node, String name, boolean otherwise) {
        return node.has(name) ? node.get(name).getAsBoolean() : otherwise;
    }

    private static int[] pair(JsonObject node, String name, int otherwise) {
        return node.has(name) ? integers(node.get(name)) : new int[] {otherwise, otherwise};
    }

    private static int[] integers(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    private static String[] strings(List<JsonElement> elements) {
        return elements.stream().map(JsonElement::getAsString).toArray(String[]::new);
    }

    private static String text(JsonObject node, String name) {
        return node.get(name).getAsString();
    }
}
