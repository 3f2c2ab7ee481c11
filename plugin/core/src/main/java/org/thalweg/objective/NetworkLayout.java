package org.thalweg.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads the layout of a Deeplearning4j network's flat parameter vector: the names, places and element orders of its
 * arrays, and the axes that number their filters.
 *
 * @since 0.2.0
 */
public final class NetworkLayout {

    private NetworkLayout() {}

    /**
     * The layout of an initialized network, with every trainable array packed row-major in the network's shape.
     *
     * @param model a {@link MultiLayerNetwork} or {@link ComputationGraph}; only read
     * @throws IllegalArgumentException if it is not initialized, or has no trainable parameters
     * @throws UnsupportedNetworkException if it is another kind of model, or neither FLOAT nor DOUBLE, or an array is
     *     not a plain view of the vector
     */
    public static ParameterLayout of(Model model) {
        INDArray flat = parameters(model);
        List<ParameterBlock> blocks = new ArrayList<>();
        for (Map.Entry<String, Trainable> part : trainables(model).entrySet()) {
            for (Map.Entry<String, INDArray> array :
                    part.getValue().paramTable(false).entrySet()) {
                blocks.add(block(model, part.getKey(), part.getValue(), array.getKey(), array.getValue(), flat));
            }
        }
        blocks.sort(Comparator.comparingLong(ParameterBlock::flatOffset));
        ParameterLayout layout = new ParameterLayout(packed(blocks, flat.length()));
        if (layout.trainable().isEmpty()) {
            throw new IllegalArgumentException("network must have trainable parameters, all of its "
                    + layout.flatLength() + " are frozen or statistics");
        }
        return layout;
    }

    private static void requireInitialized(Model model) {
        boolean initialized = model instanceof MultiLayerNetwork network
                ? network.isInitCalled()
                : !(model instanceof ComputationGraph graph) || graph.getVertices() != null;
        if (!initialized) {
            throw new IllegalArgumentException("network must be initialized: call init() first");
        }
    }

    private static INDArray parameters(Model model) {
        INDArray flat = layers(model).isEmpty() ? null : model.params();
        if (flat == null || flat.isEmpty()) {
            throw new IllegalArgumentException("network must have parameters, none of its layers has any");
        }
        if (flat.dataType() != DataType.FLOAT && flat.dataType() != DataType.DOUBLE) {
            throw new UnsupportedNetworkException(
                    "network",
                    "has the data type " + flat.dataType()
                            + ", only FLOAT and DOUBLE are supported: convert it with convertDataType(DataType.FLOAT)");
        }
        return flat;
    }

    /**
     * The parts of a network that have parameters, by the name of these: layers, and vertices with parameters that are
     * not layers ({@code AttentionVertex}, a user's {@code SameDiffVertex}).
     */
    public static Map<String, Trainable> trainables(Model model) {
        Map<String, Trainable> parts = new LinkedHashMap<>(layers(model));
        if (model instanceof ComputationGraph graph) {
            for (GraphVertex vertex : graph.getVertices()) {
                if (!vertex.hasLayer() && vertex.numParams() > 0) {
                    parts.put(vertex.getVertexName(), vertex);
                }
            }
        }
        return parts;
    }

    /**
     * The layers of a network by the name of their parameters: number or vertex name.
     *
     * @throws IllegalArgumentException if it is not initialized
     */
    public static Map<String, Layer> layers(Model model) {
        requireInitialized(model);
        Map<String, Layer> layers = new LinkedHashMap<>();
        if (model instanceof MultiLayerNetwork network) {
            for (int i = 0; i < network.getnLayers(); i++) {
                layers.put(Integer.toString(i), network.getLayer(i));
            }
        } else if (model instanceof ComputationGraph graph) {
            for (GraphVertex vertex : graph.getVertices()) {
                if (vertex.hasLayer()) {
                    layers.put(vertex.getVertexName(), vertex.getLayer());
                }
            }
        } else {
            throw new UnsupportedNetworkException(
                    model.getClass().getName(), "is neither a MultiLayerNetwork nor a ComputationGraph");
        }
        return layers;
    }

    /** The configuration of a layer, without its wrappers. */
    public static org.deeplearning4j.nn.conf.layers.Layer unwrapped(org.deeplearning4j.nn.conf.layers.Layer layer) {
        org.deeplearning4j.nn.conf.layers.Layer inner = layer;
        while (true) {
            if (inner instanceof FrozenLayer frozen) {
                inner = frozen.getLayer();
            } else if (inner instanceof BaseWrapperLayer wrapper) {
                inner = wrapper.getUnderlying();
            } else {
                return inner;
            }
        }
    }

    /** Whether a layer's parameters are frozen. Its configuration is that of the wrapped layer and does not say so. */
    public static boolean isFrozen(Layer layer) {
        return layer instanceof org.deeplearning4j.nn.layers.FrozenLayer || layer instanceof FrozenLayerWithBackprop;
    }

    private static ParameterBlock block(
            Model model, String id, Trainable part, String name, INDArray array, INDArray flat) {
        String key = id + "_" + name;
        ParameterBlock block = part instanceof Layer layer
                ? block(id, layer, name, array, flat)
                : ofVertex(model, id, name, array, flat);
        INDArray expected = block.ofFlat(flat);
        if (!expected.equalShapes(array) || expected.offset() != array.offset()) {
            throw new UnsupportedNetworkException(key, "is not a plain view of the parameter vector");
        }
        return block;
    }

    private static ParameterBlock block(String id, Layer layer, String name, INDArray array, INDArray flat) {
        org.deeplearning4j.nn.conf.layers.Layer inner = unwrapped(layer.conf().getLayer());
        ParameterKind kind = kind(inner, name);
        String shown = inner.getLayerName() == null ? id : inner.getLayerName();
        boolean trainable = !isFrozen(layer) && kind != ParameterKind.STATISTIC;
        int[] filters = kind == ParameterKind.WEIGHT ? filterAxes(inner, name, array.rank()) : new int[0];
        return block(id + "_" + name, shown, kind, trainable, filters, array, flat);
    }

    private static ParameterBlock block(
            String key,
            String layer,
            ParameterKind kind,
            boolean trainable,
            int[] filterAxes,
            INDArray array,
            INDArray flat) {
        return new ParameterBlock(
                key,
                layer,
                kind,
                trainable,
                array.shape(),
                array.offset() - flat.offset(),
                array.ordering(),
                filterAxes,
                ParameterBlock.axes(array.rank()),
                0);
    }

    private static ParameterBlock ofVertex(Model model, String id, String name, INDArray array, INDArray flat) {
        ParameterKind kind = kind(vertex(model, id), name, array);
        int[] filters = kind == ParameterKind.WEIGHT && array.rank() == 2 ? new int[] {1} : new int[0];
        return block(id + "_" + name, id, kind, !isFrozen(model, id), filters, array, flat);
    }

    private static org.deeplearning4j.nn.conf.graph.GraphVertex vertex(Model model, String name) {
        return Objects.requireNonNull(
                ((ComputationGraph) model).getConfiguration().getVertices().get(name), name);
    }

    private static boolean isFrozen(Model model, String vertex) {
        return vertex(model, vertex) instanceof FrozenVertex;
    }

    /** A SameDiff vertex says which of its arrays are biases; in other vertices, vectors are. */
    private static ParameterKind kind(
            org.deeplearning4j.nn.conf.graph.GraphVertex vertex, String name, INDArray array) {
        org.deeplearning4j.nn.conf.graph.GraphVertex inner =
                vertex instanceof FrozenVertex frozen ? frozen.getUnderlying() : vertex;
        boolean bias = inner instanceof SameDiffVertex sameDiff
                ? sameDiff.getVertexParams().isBiasParam(name)
                : array.isVector();
        return bias ? ParameterKind.BIAS : ParameterKind.WEIGHT;
    }

    private static ParameterKind kind(org.deeplearning4j.nn.conf.layers.Layer layer, String name) {
        if (layer instanceof Bidirectional both) {
            // The names of its arrays are those of the wrapped layer after an f or a b.
            return kind(unwrapped(both.getFwd()), name.substring(1));
        }
        if (layer instanceof BatchNormalization) {
            return name.equals("gamma") || name.equals("beta") ? ParameterKind.NORM : ParameterKind.STATISTIC;
        }
        if (layer instanceof CenterLossOutputLayer && name.equals("cL")) {
            return ParameterKind.STATISTIC;
        }
        if (layer instanceof PReLULayer || layer instanceof ElementWiseMultiplicationLayer || name.equals("g")) {
            return ParameterKind.NORM;
        }
        return layer.initializer().isBiasParam(layer, name) ? ParameterKind.BIAS : ParameterKind.WEIGHT;
    }

    /** The axes that number the filters, for DL4J's weight shapes. */
    private static int[] filterAxes(org.deeplearning4j.nn.conf.layers.Layer layer, String name, int rank) {
        if (layer instanceof DepthwiseConvolution2D) {
            return new int[] {2, 3}; // [kH, kW, in, multiplier]
        }
        if (layer instanceof SeparableConvolution2D) {
            return name.equals("W") ? new int[] {0, 1} : new int[] {0}; // [multiplier, in, kH, kW], [out, in, 1, 1]
        }
        if (layer instanceof Deconvolution3D) {
            return new int[] {3}; // [kD, kH, kW, out, in]
        }
        if (layer instanceof Deconvolution2D) {
            return new int[] {1}; // [in, out, kH, kW]
        }
        if (layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer) {
            return new int[] {0}; // [words, size]
        }
        return switch (rank) {
            case 1 -> new int[0];
            case 2 -> new int[] {1}; // [in, out]
            default -> new int[] {0}; // [out, in, ...]
        };
    }

    private static List<ParameterBlock> packed(List<ParameterBlock> blocks, long flatLength) {
        List<ParameterBlock> packed = new ArrayList<>();
        long offset = 0;
        long flat = 0;
        for (ParameterBlock block : blocks) {
            if (block.flatOffset() != flat) {
                throw new UnsupportedNetworkException(
                        block.key(), "lies at " + block.flatOffset() + " in the parameter vector, expected " + flat);
            }
            packed.add(block.packedAs(block.packedAxes(), block.trainable() ? offset : -1));
            offset += block.trainable() ? block.length() : 0;
            flat += block.length();
        }
        if (flat != flatLength) {
            throw new UnsupportedNetworkException(
                    "network", "has " + flatLength + " parameters, of which its layers name " + flat);
        }
        return packed;
    }
}
