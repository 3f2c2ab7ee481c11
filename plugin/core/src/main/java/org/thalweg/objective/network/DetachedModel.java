package org.thalweg.objective.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * A copy of a network that shares nothing with it and computes the plain data loss: no listeners, no dropout, no weight
 * noise, no regularization, no truncated back-propagation. Made once and moved from parameters to parameters.
 *
 * <p>It is not made by {@code clone()}: a cloned ComputationGraph shares its list of listeners with the original.
 */
abstract class DetachedModel {

    /** A copy of a live network; only reads from it. */
    static DetachedModel of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return new DetachedMultiLayerNetwork(network);
        }
        if (model instanceof ComputationGraph graph) {
            return new DetachedComputationGraph(graph);
        }
        throw new UnsupportedNetworkException(
                model.getClass().getName(), "is neither a MultiLayerNetwork nor a ComputationGraph");
    }

    /**
     * Refuses networks that are another function at every pass of training.
     *
     * @throws UnsupportedNetworkException naming the layer and what it draws
     */
    static void requireNothingDrawn(Model live) {
        NetworkLayout.layers(live).forEach((id, layer) -> {
            Layer outer = layer.conf().getLayer();
            Layer inner = NetworkLayout.unwrapped(outer);
            Object drawn = outer.getIDropout() == null ? inner.getIDropout() : outer.getIDropout();
            if (drawn == null && inner instanceof BaseLayer base) {
                drawn = base.getWeightNoise();
            }
            if (drawn != null && !NetworkLayout.isFrozen(layer)) {
                throw new UnsupportedNetworkException(
                        inner.getLayerName() == null ? "layer " + id : inner.getLayerName(),
                        "has " + drawn.getClass().getSimpleName()
                                + ", which DL4J draws anew at every pass; use mode BATCH, or a network that can be"
                                + " compiled");
            }
        });
    }

    abstract Model model();

    /** The same network in another data type, again detached. */
    abstract DetachedModel in(DataType type);

    /** DL4J's score of a batch: the mean data loss over its examples. */
    abstract double loss(Probe batch, boolean training);

    /** The network's outputs for a batch, one array an output layer. */
    abstract List<INDArray> outputs(Probe batch, boolean training);

    /** The gradient of the sum of the data loss over a batch, in training mode, in the order of the flat vector. */
    abstract INDArray gradientOfSum(Probe batch);

    /** Configurations of the output layers, in the order of the outputs. */
    abstract List<Layer> outputLayers();

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

    /** Takes out of a configuration what is not the data loss. */
    static void reduceToDataLoss(NeuralNetConfiguration configuration) {
        configuration.setMiniBatch(true);
        Layer outer = configuration.getLayer();
        outer.setIDropout(null);
        Layer layer = NetworkLayout.unwrapped(outer);
        layer.setIDropout(null);
        layer.setConstraints(null);
        if (layer instanceof BaseLayer base) {
            base.setRegularization(new ArrayList<>());
            base.setRegularizationBias(new ArrayList<>());
            base.setWeightNoise(null);
        }
    }
}
