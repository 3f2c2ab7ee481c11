package org.thalweg.objective.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.Probe;

/** A detached {@link ComputationGraph}. */
final class DetachedComputationGraph extends DetachedModel {

    private final ComputationGraph graph;

    DetachedComputationGraph(ComputationGraph live, boolean training) {
        ComputationGraphConfiguration configuration = live.getConfiguration().clone();
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (vertex instanceof LayerVertex layer) {
                reduceToDataLoss(layer.getLayerConf(), training);
                layer.setPreProcessor(InputCopy.forLayer(layer.getLayerConf().getLayer(), layer.getPreProcessor()));
            }
        }
        configuration.setBackpropType(BackpropType.Standard);
        graph = new ComputationGraph(configuration);
        graph.init(live.params().dup(), false);
    }

    @Override
    Model model() {
        return graph;
    }

    @Override
    DetachedModel in(DataType type) {
        return new DetachedComputationGraph(graph.convertDataType(type), false);
    }

    @Override
    double loss(Probe batch, boolean training) {
        return graph.score(dataSet(batch), training);
    }

    @Override
    List<INDArray> outputs(Probe batch, boolean training) {
        MultiDataSet data = dataSet(batch);
        return List.of(
                graph.output(training, data.getFeatures(), data.getFeaturesMaskArrays(), data.getLabelsMaskArrays()));
    }

    @Override
    INDArray gradientOfSum(Probe batch) {
        MultiDataSet data = dataSet(batch);
        boolean masked = data.hasMaskArrays();
        if (masked) {
            graph.setLayerMaskArrays(data.getFeaturesMaskArrays(), data.getLabelsMaskArrays());
        }
        graph.setInputs(data.getFeatures());
        graph.setLabels(data.getLabels());
        graph.computeGradientAndScore();
        if (masked) {
            graph.clearLayerMaskArrays();
        }
        return graph.gradient().gradient();
    }

    @Override
    List<Layer> outputLayers() {
        List<Layer> layers = new ArrayList<>();
        for (String name : graph.getConfiguration().getNetworkOutputs()) {
            layers.add(NetworkLayout.unwrapped(
                    graph.getVertex(name).getLayer().conf().getLayer()));
        }
        return layers;
    }

    @Override
    Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        for (int index : graph.topologicalSortOrder()) {
            org.deeplearning4j.nn.graph.vertex.GraphVertex vertex = graph.getVertices()[index];
            if (!vertex.isInputVertex()) {
                parts.put(vertex.getVertexName(), kind(vertex));
            }
        }
        return parts;
    }

    private static String kind(org.deeplearning4j.nn.graph.vertex.GraphVertex vertex) {
        return vertex.hasLayer()
                ? NetworkLayout.unwrapped(vertex.getLayer().conf().getLayer())
                        .getClass()
                        .getSimpleName()
                : vertex.getClass().getSimpleName();
    }

    private MultiDataSet dataSet(Probe batch) {
        MultiDataSet shared = batch.toMultiDataSet();
        return new MultiDataSet(
                cast(shared.getFeatures()),
                cast(shared.getLabels()),
                shared.getFeaturesMaskArrays(),
                shared.getLabelsMaskArrays());
    }

    private INDArray[] cast(INDArray[] arrays) {
        DataType type = graph.params().dataType();
        INDArray[] cast = new INDArray[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            cast[i] = arrays[i].castTo(type);
        }
        return cast;
    }
}
