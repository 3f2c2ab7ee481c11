package org.thalweg.objective.network;

import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.thalweg.objective.internal.LayerLoss;

/**
 * Counts correct predictions of one output: argmax for softmax, threshold 0.5 for each entry for sigmoid, otherwise
 * none.
 */
final class OutputAccuracy {

    private enum Rule {
        ARGMAX,
        THRESHOLD,
        NONE
    }

    private final Rule rule;
    private final boolean sparse;
    private double correct;
    private double counted;

    OutputAccuracy(Layer output) {
        IActivation activation = activation(output);
        rule = activation instanceof ActivationSoftmax
                ? Rule.ARGMAX
                : activation instanceof ActivationSigmoid ? Rule.THRESHOLD : Rule.NONE;
        sparse = LayerLoss.of(output)
                .map(UnclippedLoss::original)
                .filter(loss -> loss instanceof LossSparseMCXENT)
                .isPresent();
    }

    /**
     * Adds a batch.
     *
     * @param outputs {@code [N, C]}, {@code [N, C, T]} or {@code [N, C, H, W]}
     * @param labels of the same shape, or class numbers with one channel for a sparse loss
     * @param mask one entry for each example, each step {@code [N, T]} or each output value; null for none
     */
    void add(INDArray outputs, INDArray labels, @Nullable INDArray mask) {
        if (rule == Rule.NONE || outputs.rank() < 2 || (!sparse && !labels.equalShapes(outputs))) {
            return;
        }
        INDArray predicted = channelsLast(outputs);
        INDArray expected = channelsLast(labels);
        INDArray hits = rule == Rule.ARGMAX
                ? Nd4j.argMax(predicted, 1)
                        .eq(
                                sparse
                                        ? expected.reshape(expected.length()).castTo(DataType.INT64)
                                        : Nd4j.argMax(expected, 1))
                        .castTo(DataType.DOUBLE)
                : predicted.gt(0.5).eq(expected.gt(0.5)).castTo(DataType.DOUBLE);
        if (mask == null) {
            correct += hits.sumNumber().doubleValue();
            counted += hits.length();
            return;
        }
        INDArray weights = weights(mask, outputs, hits);
        correct += hits.mul(weights).sumNumber().doubleValue();
        counted += weights.sumNumber().doubleValue();
    }

    /** Percentage of correct predictions over all counters; absent for regression and where everything is masked. */
    static OptionalDouble percent(List<OutputAccuracy> outputs) {
        double correct = outputs.stream().mapToDouble(output -> output.correct).sum();
        double counted = counted(outputs);
        return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * correct / counted);
    }

    /** Number of predictions over all counters. */
    static double counted(List<OutputAccuracy> outputs) {
        return outputs.stream().mapToDouble(output -> output.counted).sum();
    }

    /** The mask in the shape of the hits: one entry for each row with argmax, for each output value with thresholds. */
    private INDArray weights(INDArray mask, INDArray outputs, INDArray hits) {
        INDArray one = mask.castTo(DataType.DOUBLE);
        boolean anEntry = mask.equalShapes(outputs) && outputs.size(1) > 1;
        INDArray rows = anEntry ? channelsLast(one) : one.dup('c').reshape(one.length(), 1);
        if (rule == Rule.ARGMAX) {
            return anEntry ? rows.max(1) : rows.reshape(rows.length());
        }
        return anEntry ? rows : rows.broadcast(hits.shape());
    }

    private static INDArray channelsLast(INDArray array) {
        INDArray last = switch (array.rank()) {
            case 3 -> array.permute(0, 2, 1);
            case 4 -> array.permute(0, 2, 3, 1);
            default -> array;
        };
        return last.dup('c').reshape(-1, array.size(1));
    }

    private static @Nullable IActivation activation(Layer layer) {
        if (layer instanceof BaseOutputLayer output) {
            return output.getActivationFn();
        }
        if (layer instanceof LossLayer loss) {
            return loss.getActivationFn();
        }
        if (layer instanceof RnnLossLayer loss) {
            return loss.getActivationFn();
        }
        return layer instanceof CnnLossLayer loss ? loss.getActivationFn() : null;
    }
}
