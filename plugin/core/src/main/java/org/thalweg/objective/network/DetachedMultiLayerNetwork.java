package org.thalweg.objective.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.Probe;

/** A detached {@link MultiLayerNetwork}. */
final class DetachedMultiLayerNetwork extends DetachedModel {

    private final MultiLayerNetwork network;

    DetachedMultiLayerNetwork(MultiLayerNetwork live, boolean training) {
        MultiLayerConfiguration configuration =
                live.getLayerWiseConfigurations().clone();
        configuration.getConfs().forEach(layer -> reduceToDataLoss(layer, training));
        copyOverwrittenInputs(configuration);
        configuration.setBackpropType(BackpropType.Standard);
        network = new MultiLayerNetwork(configuration);
        network.init(live.params().dup(), false);
    }

    private static void copyOverwrittenInputs(MultiLayerConfiguration configuration) {
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            InputPreProcessor needed =
                    InputCopy.forLayer(configuration.getConf(i).getLayer(), configuration.getInputPreProcess(i));
            if (needed != null) {
                configuration.getInputPreProcessors().put(i, needed);
            }
        }
    }

    @Override
    Model model() {
        return network;
    }

    @Override
    DetachedModel in(DataType type) {
        return new DetachedMultiLayerNetwork(network.convertDataType(type), false);
    }

    @Override
    double loss(Probe batch, boolean training) {
        return network.score(dataSet(batch), training);
    }

    @Override
    List<INDArray> outputs(Probe batch, boolean training) {
        DataSet data = dataSet(batch);
        return List.of(
                network.output(data.getFeatures(), training, data.getFeaturesMaskArray(), data.getLabelsMaskArray()));
    }

    @Override
    INDArray gradientOfSum(Probe batch) {
        DataSet data = dataSet(batch);
        boolean masked = data.hasMaskArrays();
        if (masked) {
            network.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
        }
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.computeGradientAndScore();
        if (masked) {
            network.clearLayerMaskArrays();
        }
        return network.gradient().gradient();
    }

    @Override
    List<Layer> outputLayers() {
        return List.of(NetworkLayout.unwrapped(network.getOutputLayer().conf().getLayer()));
    }

    @Override
    Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        NetworkLayout.layers(network).forEach((id, layer) -> {
            Layer configured = NetworkLayout.unwrapped(layer.conf().getLayer());
            String name = configured.getLayerName() == null ? id : configured.getLayerName();
            parts.put(name, configured.getClass().getSimpleName());
        });
        return parts;
    }

    private DataSet dataSet(Probe batch) {
        DataType type = network.params().dataType();
        return new DataSet(
                batch.features().get(0).castTo(type),
                batch.labels().get(0).castTo(type),
                batch.featuresMasks().get(0),
                batch.labelsMasks().get(0));
    }
}
