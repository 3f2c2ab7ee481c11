package org.thalweg.demo.pruning;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;

/**
 * Sets the smallest weights of a network to zero, whatever layer they are in: global magnitude pruning in one shot, without
 * training afterwards. Biases stay.
 *
 * @param percent share of the weights that are pruned, 0 to 99
 */
record MagnitudePruning(int percent) {

    MagnitudePruning {
        if (percent < 0 || percent > 99) {
            throw new IllegalArgumentException("the share of pruned weights must be 0 to 99 percent, got " + percent);
        }
    }

    /** A pruned copy. */
    MultiLayerNetwork of(MultiLayerNetwork network) {
        INDArray flat = network.params().dup();
        List<ParameterBlock> weights = NetworkLayout.of(network).trainable().stream()
                .filter(block -> block.kind() == ParameterKind.WEIGHT)
                .toList();
        if (percent > 0) {
            double threshold = threshold(weights.stream()
                    .map(block -> block.ofFlat(flat).dup('c').data().asDouble())
                    .toList());
            for (ParameterBlock block : weights) {
                INDArray values = block.ofFlat(flat);
                values.muli(Transforms.abs(values, true).gt(threshold).castTo(values.dataType()));
            }
        }
        MultiLayerNetwork pruned =
                new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
        pruned.init(flat, false);
        return pruned;
    }

    /** The size of the largest weight that is pruned. */
    private double threshold(List<double[]> weights) {
        double[] sizes = weights.stream()
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .sorted()
                .toArray();
        return sizes[(int) ((long) sizes.length * percent / 100) - 1];
    }

    /** Number of weights of a network that are not zero. */
    static long left(MultiLayerNetwork network) {
        return NetworkLayout.of(network).trainable().stream()
                .filter(block -> block.kind() == ParameterKind.WEIGHT)
                .map(block -> block.ofFlat(network.params()).dup('c').data().asDouble())
                .mapToLong(values -> IntStream.range(0, values.length)
                        .filter(i -> values[i] != 0)
                        .count())
                .sum();
    }
}
