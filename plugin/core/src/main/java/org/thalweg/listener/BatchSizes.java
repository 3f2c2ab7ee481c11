package org.thalweg.listener;

import java.util.OptionalInt;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the size of the mini-batch that a network is trained on. */
final class BatchSizes {

    private BatchSizes() {}

    /** Examples of the network's current input; empty if it has none, as after training. */
    static OptionalInt of(Model model) {
        INDArray input = null;
        if (model instanceof MultiLayerNetwork network) {
            input = network.getInput();
        } else if (model instanceof ComputationGraph graph && graph.getNumInputArrays() > 0) {
            input = first(graph.getInputs());
        }
        return input == null || input.isEmpty() || input.rank() == 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) input.size(0));
    }

    private static @Nullable INDArray first(@Nullable INDArray @Nullable [] inputs) {
        return inputs == null || inputs.length == 0 ? null : inputs[0];
    }
}
