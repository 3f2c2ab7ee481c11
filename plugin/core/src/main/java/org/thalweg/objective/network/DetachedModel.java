package org.thalweg.objective.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.internal.LayerLoss;

/**
 * A copy of a network that shares nothing with it and computes the plain data loss: no listeners, no dropout, no weight
 * noise, no regularization, no truncated back-propagation. It is created once and set to one parameter vector after
 * another.
 *
 * <p>It is not created by {@code clone()}: a cloned ComputationGraph shares its list of listeners with the original.
 */
abstract class DetachedModel {

    private static final int SUSPECTS = 3;

    /**
     * A copy of a live network; only reads from it.
     *
     * @param training whether it is in training mode, where RReLU draws its slopes; the copy uses their mean
     */
    static DetachedModel of(Model model, boolean training) {
        if (model instanceof MultiLayerNetwork network) {
            return new DetachedMultiLayerNetwork(network, training);
        }
        if (model instanceof ComputationGraph graph) {
            return new DetachedComputationGraph(graph, training);
        }
        throw new UnsupportedNetworkException(
                model.getClass().getName(), "is neither a MultiLayerNetwork nor a ComputationGraph");
    }

    /**
     * Rejects networks that are a different function at every training pass.
     *
     * @throws UnsupportedNetworkException naming the layer and its random draws
     */
    static void requireNothingDrawn(Model live) {
        NetworkLayout.layers(live).forEach((id, layer) -> {
            Layer outer = layer.conf().getLayer();
            Layer inner = NetworkLayout.unwrapped(outer);
            Object drawn = outer.getIDropout() == null ? inner.getIDropout() : outer.getIDropout();
            if (drawn == null && inner instanceof BaseLayer base) {
                drawn = base.getActivationFn() instanceof ActivationRReLU
                        ? base.getActivationFn()
                        : base.getWeightNoise();
            }
            if (drawn == null
                    && inner instanceof ActivationLayer activation
                    && activation.getActivationFn() instanceof ActivationRReLU) {
                drawn = activation.getActivationFn();
            }
            if (drawn != null && !NetworkLayout.isFrozen(layer)) {
                throw new UnsupportedNetworkException(
                        inner.getLayerName() == null ? "layer " + id : inner.getLayerName(),
                        "has " + drawn.getClass().getSimpleName()
                                + ", which DL4J draws again at every pass; use mode BATCH, or a network that can be"
                                + " compiled");
            }
        });
    }

    abstract Model model();

    /** The same network in another data type, also detached. */
    abstract DetachedModel in(DataType type);

    /** DL4J's score of a batch: the mean data loss over its examples. */
    abstract double loss(Probe batch, boolean training);

    /** The network's outputs for a batch, one array for each output layer. */
    abstract List<INDArray> outputs(Probe batch, boolean training);

    /** The gradient of the sum of the data loss over a batch, in training mode, in the order of the flat vector. */
    abstract INDArray gradientOfSum(Probe batch);

    /** Configurations of the output layers, in the order of the outputs. */
    abstract List<Layer> outputLayers();

    /** Layers and vertices in the order of the forward pass, by the name and kind that the user knows. */
    abstract Map<String, String> parts();

    /**
     * The place where gradients become wrong, for a message: an error travels backwards, so it is in the last layer
     * with a wrong gradient, in the layers without parameters after it, or, where nothing else is a suspect, in what
     * the next layer passes back.
     *
     * @param wrong names of the layers with a wrong gradient
     * @param right names of the layers with a correct gradient
     */
    String blame(Set<String> wrong, Set<String> right) {
        List<String> order = new ArrayList<>(parts().keySet());
        int last = wrong.stream().mapToInt(order::indexOf).max().orElse(-1);
        if (last < 0) {
            return String.join(", ", wrong);
        }
        List<String> suspects = new ArrayList<>();
        for (int i = last; i < order.size() && suspects.size() < SUSPECTS; i++) {
            String name = order.get(i);
            boolean passes = right.contains(name);
            if (passes && !order.subList(last, i).stream().allMatch(this::isOrdinary)) {
                break;
            }
            suspects.add(
                    "layer " + name + " (" + parts().get(name) + ")" + (passes ? " in the gradient it returns" : ""));
            if (passes) {
                break;
            }
        }
        return String.join(" or ", suspects);
    }

    /** Whether a layer is Deeplearning4j's, with a backward pass and an activation function of Deeplearning4j's own. */
    private boolean isOrdinary(String name) {
        return NetworkLayout.layers(model()).entrySet().stream().anyMatch(entry -> {
            Layer layer = NetworkLayout.unwrapped(entry.getValue().conf().getLayer());
            return (name.equals(layer.getLayerName()) || name.equals(entry.getKey())) && isOrdinary(layer);
        });
    }

    private static boolean isOrdinary(Layer layer) {
        Object activation = layer instanceof BaseLayer base
                ? base.getActivationFn()
                : layer instanceof ActivationLayer alone ? alone.getActivationFn() : null;
        return layer.getClass().getName().startsWith("org.deeplearning4j.")
                && !(layer instanceof AbstractSameDiffLayer)
                && (activation == null || activation.getClass().getName().startsWith("org.nd4j."));
    }

    void setParameters(INDArray flat) {
        model().setParams(flat.castTo(model().params().dataType()).reshape(1, flat.length()));
    }

    /** Configurations of all layers, without their wrappers. */
    List<Layer> layerConfigurations() {
        List<Layer> configurations = new ArrayList<>();
        for (org.deeplearning4j.nn.api.Layer layer :
                NetworkLayout.layers(model()).values()) {
            configurations.add(NetworkLayout.unwrapped(layer.conf().getLayer()));
        }
        return configurations;
    }

    /** Removes from a configuration everything that is not part of the data loss. */
    static void reduceToDataLoss(NeuralNetConfiguration configuration, boolean training) {
        configuration.setMiniBatch(true);
        Layer outer = configuration.getLayer();
        outer.setIDropout(null);
        Layer layer = NetworkLayout.unwrapped(outer);
        layer.setIDropout(null);
        layer.setConstraints(null);
        replaceLoss(layer);
        if (training) {
            replaceDraws(layer);
        }
        if (layer instanceof BaseLayer base) {
            base.setRegularization(new ArrayList<>());
            base.setRegularizationBias(new ArrayList<>());
            base.setWeightNoise(null);
        }
    }

    /** The original losses of the output layers that have one, without their replacements. */
    List<ILossFunction> losses() {
        return outputLayers().stream()
                .map(LayerLoss::of)
                .flatMap(Optional::stream)
                .map(UnclippedLoss::original)
                .toList();
    }

    private static void replaceLoss(Layer layer) {
        if (layer instanceof BaseOutputLayer output) {
            output.setLossFn(UnclippedLoss.of(output.getLossFn()));
        } else if (layer instanceof LossLayer loss) {
            loss.setLossFn(UnclippedLoss.of(loss.getLossFn()));
        } else if (layer instanceof RnnLossLayer loss) {
            loss.setLossFn(UnclippedLoss.of(loss.getLossFn()));
        } else if (layer instanceof CnnLossLayer loss) {
            loss.setLossFn(UnclippedLoss.of(loss.getLossFn()));
        } else if (layer instanceof Cnn3DLossLayer loss) {
            loss.setLossFn(UnclippedLoss.of(loss.getLossFn()));
        }
    }

    private static void replaceDraws(Layer layer) {
        if (layer instanceof BaseLayer base) {
            base.setActivationFn(withoutDraws(base.getActivationFn()));
        } else if (layer instanceof ActivationLayer activation) {
            activation.setActivationFn(withoutDraws(activation.getActivationFn()));
        }
    }

    private static IActivation withoutDraws(IActivation activation) {
        return activation instanceof ActivationRReLU random
                ? new ActivationLReLU((random.getL() + random.getU()) / 2)
                : activation;
    }
}
