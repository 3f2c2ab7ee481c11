package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Probe;

/**
 * A random graph of covered layers and vertices, with one or two outputs, and a probe for it. Smooth, so that
 * differences are exact: activations without a kink, and maxima only of numbers without ties.
 */
final class RandomGraph {

    private static final int EXAMPLES = 4;
    private static final Activation[] SMOOTH = {
        Activation.TANH,
        Activation.SIGMOID,
        Activation.SOFTPLUS,
        Activation.SWISH,
        Activation.GELU,
        Activation.ELU,
        Activation.IDENTITY
    };

    private final Fresh fresh;
    private final SplittableRandom random;
    private final GraphBuilder builder;
    private final List<Node> nodes = new ArrayList<>();
    private final List<INDArray> labels = new ArrayList<>();
    private final StringBuilder description = new StringBuilder();

    /** An image {@code [height, width, channels]} or a vector {@code [size]}. */
    private record Node(String name, int... shape) {
        @Override
        public String toString() {
            return name;
        }

        boolean isImage() {
            return shape.length == 3;
        }

        int channels() {
            return shape[shape.length - 1];
        }
    }

    RandomGraph(Fresh fresh) {
        this.fresh = fresh;
        this.random = new SplittableRandom(fresh.seed());
        this.builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(fresh.seed())
                .graphBuilder()
                .addInputs("image", "vector")
                .setInputTypes(InputType.convolutional(6, 5, 2), InputType.feedForward(3));
        nodes.add(new Node("image", 6, 5, 2));
        nodes.add(new Node("vector", 3));
        int steps = 4 + random.nextInt(6);
        for (int i = 0; i < steps; i++) {
            Node from = pick(nodes);
            if (from.isImage()) {
                addToImage(from);
            } else {
                addToVector(from);
            }
        }
    }

    /** Adds outputs that depend on every node, and draws parameters. */
    ComputationGraph finish() {
        Node all = merged(List.copyOf(nodes).stream().map(this::pooled).toList());
        String[] outputs = random.nextBoolean() ? new String[] {"out"} : new String[] {"out", "second"};
        for (String output : outputs) {
            addOutput(output, all);
        }
        builder.setOutputs(outputs);
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return fresh.parameters(graph);
    }

    /** Examples for it, some of them masked. */
    Probe probe() {
        INDArray[] masks = labels.stream()
                .map(array -> random.nextBoolean() ? null : fresh.bits(DataType.DOUBLE, EXAMPLES, 1))
                .toArray(INDArray[]::new);
        boolean masked = Arrays.stream(masks).anyMatch(mask -> mask != null);
        return Probe.of(new MultiDataSet(
                new INDArray[] {
                    fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 6, 5), fresh.normal(DataType.DOUBLE, EXAMPLES, 3)
                },
                labels.toArray(INDArray[]::new),
                null,
                masked ? masks : null));
    }

    @Override
    public String toString() {
        return description.toString();
    }

    private void addToImage(Node from) {
        switch (random.nextInt(8)) {
            case 0, 1 -> addConvolution(from);
            case 2 -> addPool(from);
            case 3 -> addLayer(new BatchNormalization(), from, from.shape);
            case 4 -> addLayer(new ActivationLayer(smooth()), from, from.shape);
            case 5 -> addCombination(from);
            case 6 -> {
                int[] padding = {random.nextInt(2), random.nextInt(3), random.nextInt(2), random.nextInt(2)};
                int height = from.shape[0] + padding[0] + padding[1];
                int width = from.shape[1] + padding[2] + padding[3];
                addLayer(new ZeroPaddingLayer.Builder(padding).build(), from, height, width, from.channels());
            }
            default -> addDense(from);
        }
    }

    private void addToVector(Node from) {
        switch (random.nextInt(5)) {
            case 0 -> addLayer(new BatchNormalization(), from, from.shape);
            case 1 -> addLayer(new ActivationLayer(Activation.SOFTMAX), from, from.shape);
            case 2 -> addCombination(from);
            default -> addDense(from);
        }
    }

    private void addDense(Node from) {
        int size = 1 + random.nextInt(5);
        boolean bias = random.nextBoolean();
        addLayer(
                new DenseLayer.Builder()
                        .nOut(size)
                        .activation(smooth())
                        .hasBias(bias)
                        .build(),
                from,
                size);
    }

    private void addConvolution(Node from) {
        ConvolutionMode mode = mode();
        int padding = mode == ConvolutionMode.Same ? 0 : random.nextInt(2);
        ConvolutionLayer layer = new ConvolutionLayer.Builder(1 + random.nextInt(3), 1 + random.nextInt(3))
                .nOut(1 + random.nextInt(3))
                .stride(1 + random.nextInt(2), 1 + random.nextInt(2))
                .dilation(1 + random.nextInt(2), 1 + random.nextInt(2))
                .padding(padding, padding)
                .convolutionMode(mode)
                .activation(smooth())
                .hasBias(random.nextBoolean())
                .build();
        addWindows(
                layer,
                from,
                layer.getConvolutionMode(),
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                (int) layer.getNOut());
    }

    private void addPool(Node from) {
        SubsamplingLayer layer = new SubsamplingLayer.Builder(random.nextBoolean() ? PoolingType.MAX : PoolingType.AVG)
                .kernelSize(2 + random.nextInt(2), 1 + random.nextInt(3))
                .stride(1 + random.nextInt(2), 1 + random.nextInt(2))
                .convolutionMode(mode())
                .build();
        addWindows(
                layer,
                from,
                layer.getConvolutionMode(),
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                from.channels());
    }

    private void addWindows(
            Layer layer,
            Node from,
            ConvolutionMode mode,
            int[] kernel,
            int[] stride,
            int[] padding,
            int[] dilation,
            int channels) {
        int[] size = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int rest = from.shape[axis] + 2 * padding[axis] - ((kernel[axis] - 1) * dilation[axis] + 1);
            if (mode != ConvolutionMode.Same && rest < 0) {
                return;
            }
            size[axis] = mode == ConvolutionMode.Same
                    ? (from.shape[axis] + stride[axis] - 1) / stride[axis]
                    : rest / stride[axis] + 1;
        }
        addLayer(layer, from, size[0], size[1], channels);
    }

    private void addCombination(Node from) {
        List<Node> alike = nodes.stream()
                .filter(node -> Arrays.equals(node.shape, from.shape))
                .toList();
        Node other = pick(alike);
        if (random.nextInt(4) == 0) {
            nodes.add(merged(List.of(from, other)));
            return;
        }
        ElementWiseVertex.Op op = pick(List.of(
                ElementWiseVertex.Op.Add,
                ElementWiseVertex.Op.Subtract,
                ElementWiseVertex.Op.Average,
                ElementWiseVertex.Op.Product));
        String name = name();
        builder.addVertex(name, new ElementWiseVertex(op), from.name, other.name);
        say(name, op, from, other);
        nodes.add(new Node(name, from.shape));
    }

    private Node merged(List<Node> parts) {
        String name = name();
        builder.addVertex(
                name, new MergeVertex(), parts.stream().map(Node::name).toArray(String[]::new));
        say(name, "merge", parts.toArray());
        int[] shape = parts.get(0).shape.clone();
        shape[shape.length - 1] = parts.stream().mapToInt(Node::channels).sum();
        return new Node(name, shape);
    }

    private Node pooled(Node node) {
        if (!node.isImage()) {
            return node;
        }
        addLayer(
                new GlobalPoolingLayer(random.nextInt(4) == 0 ? PoolingType.MAX : PoolingType.AVG),
                node,
                node.channels());
        return nodes.remove(nodes.size() - 1);
    }

    private void addOutput(String name, Node from) {
        int size = 2 + random.nextInt(3);
        LossFunction loss = pick(List.of(LossFunction.MCXENT, LossFunction.XENT, LossFunction.MSE, LossFunction.L2));
        Activation activation = switch (loss) {
            case MCXENT -> Activation.SOFTMAX;
            case XENT -> Activation.SIGMOID;
            default -> smooth();
        };
        labels.add(
                switch (loss) {
                    case MCXENT -> fresh.oneHot(DataType.DOUBLE, EXAMPLES, size);
                    case XENT -> fresh.bits(DataType.DOUBLE, EXAMPLES, size);
                    default -> fresh.normal(DataType.DOUBLE, EXAMPLES, size);
                });
        OutputLayer layer =
                new OutputLayer.Builder(loss).nOut(size).activation(activation).build();
        builder.addLayer(name, layer, from.name);
        say(name, layer, from);
    }

    private void addLayer(Layer layer, Node from, int... shape) {
        String name = name();
        Layer configured = isFrozen(layer) ? new FrozenLayerWithBackprop(layer) : layer;
        builder.addLayer(name, configured, from.name);
        say(name, configured, from);
        nodes.add(new Node(name, shape));
    }

    /**
     * Deeplearning4j's gradient is to compare with. It ends at a FrozenLayer, so others are drawn; a frozen activation
     * overwrites its input in training too, and a frozen normalization is derived as if it were on batch statistics.
     */
    private boolean isFrozen(Layer layer) {
        return random.nextInt(6) == 0 && !(layer instanceof ActivationLayer) && !(layer instanceof BatchNormalization);
    }

    private void say(String name, Object what, Object... from) {
        description
                .append(name)
                .append(" = ")
                .append(what)
                .append(Arrays.toString(from))
                .append("; ");
    }

    private String name() {
        return "n" + description.chars().filter(c -> c == ';').count();
    }

    private Activation smooth() {
        return SMOOTH[random.nextInt(SMOOTH.length)];
    }

    private ConvolutionMode mode() {
        return random.nextBoolean() ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
