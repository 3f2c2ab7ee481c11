package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Probe;

/**
 * The loss of a graph of Deeplearning4j's vertices, each evaluated by itself on copies of what it reads: the function
 * that the graph defines. In Deeplearning4j's own pass an activation layer may overwrite what others read, too.
 */
record SeparateVertices(ComputationGraph graph, Probe probe) {

    double score(boolean training) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        graph.setInputs(probe.features().stream().map(INDArray::dup).toArray(INDArray[]::new));
        graph.setLayerMaskArrays(
                probe.hasFeaturesMask() ? probe.featuresMasks().toArray(new INDArray[0]) : null,
                probe.labelsMasks().toArray(new INDArray[0]));
        Map<Integer, INDArray> values = new HashMap<>();
        double score = 0;
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            String name = vertex.getVertexName();
            if (vertex.isInputVertex()) {
                int input = graph.getConfiguration().getNetworkInputs().indexOf(name);
                values.put(index, probe.features().get(input));
                continue;
            }
            VertexIndices[] sources = vertex.getInputVertices();
            for (int i = 0; i < sources.length; i++) {
                vertex.setInput(
                        i,
                        requireNonNull(values.get(sources[i].getVertexIndex())).dup(),
                        workspaces);
            }
            int output = graph.getConfiguration().getNetworkOutputs().indexOf(name);
            if (output < 0) {
                values.put(index, vertex.doForward(training, workspaces).dup());
            } else {
                ((IOutputLayer) vertex.getLayer()).setLabels(probe.labels().get(output));
                score += ((LayerVertex) vertex).computeScore(0, training, workspaces);
            }
        }
        graph.clearLayersStates();
        graph.clearLayerMaskArrays();
        return score;
    }
}
