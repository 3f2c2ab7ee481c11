package org.thalweg.objective.network;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A user's loss with one label for several outputs: (||a||^2 - y)^2 of an example. */
@SuppressWarnings("serial")
public final class LengthLoss implements ILossFunction {

    private static INDArray excess(INDArray labels, INDArray outputs) {
        return outputs.mul(outputs).sum(true, 1).sub(labels);
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask, boolean average) {
        double sum =
                computeScoreArray(labels, logits, activation, mask).sumNumber().doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask) {
        INDArray excess = excess(labels, activation.getActivation(logits.dup(), true));
        return excess.mul(excess);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask) {
        INDArray outputs = activation.getActivation(logits.dup(), true);
        INDArray slope = outputs.mul(4).muliColumnVector(excess(labels, outputs));
        return activation.backprop(logits.dup(), slope).getFirst();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, activation, mask, average),
                computeGradient(labels, logits, activation, mask));
    }

    @Override
    public String name() {
        return "length";
    }
}
