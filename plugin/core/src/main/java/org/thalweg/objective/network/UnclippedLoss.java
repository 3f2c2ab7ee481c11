package org.thalweg.objective.network;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.OneHot;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossUtil;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Deeplearning4j's cross entropies without the clipping of probabilities, which makes the gradient belong to another
 * function than the value. The loss is computed from the logits z, as in the compiled objective:
 *
 * <pre>
 *   softmax:  -sum_c t_c log softmax(z)_c,                   t = mask * weight * label
 *   sigmoid:   sum_c w_c (max(z_c, 0) - y_c z_c + log(1 + exp(-|z_c|))),   w = mask * weight
 * </pre>
 *
 * <p>With any other activation function the loss is Deeplearning4j's own.
 */
final class UnclippedLoss implements ILossFunction {

    private static final long serialVersionUID = 1;

    private static final Set<Class<?>> CLIPPED =
            Set.of(LossMCXENT.class, LossNegativeLogLikelihood.class, LossSparseMCXENT.class, LossBinaryXENT.class);

    @JsonProperty
    private final ILossFunction original;

    /** Also for DL4J, which converts a network to another type through JSON. */
    @JsonCreator
    UnclippedLoss(@JsonProperty("original") ILossFunction original) {
        this.original = original;
    }

    /** The loss itself, or an unclipped wrapper of a clipped loss. */
    static ILossFunction of(ILossFunction loss) {
        return CLIPPED.contains(loss.getClass()) ? new UnclippedLoss(loss) : loss;
    }

    /** The network's own loss. */
    static ILossFunction original(ILossFunction loss) {
        return loss instanceof UnclippedLoss unclipped ? unclipped.original : loss;
    }

    private boolean applies(IActivation activation) {
        return original instanceof LossBinaryXENT
                ? activation instanceof ActivationSigmoid
                : activation instanceof ActivationSoftmax;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask, boolean average) {
        if (!applies(activation)) {
            return original.computeScore(labels, logits, activation, mask, average);
        }
        double sum = losses(labels, logits, mask).sumNumber().doubleValue();
        return average ? sum / logits.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask) {
        return applies(activation)
                ? losses(labels, logits, mask).sum(true, 1)
                : original.computeScoreArray(labels, logits, activation, mask);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask) {
        if (!applies(activation)) {
            return original.computeGradient(labels, logits, activation, mask);
        }
        INDArray expected = expected(labels, logits);
        if (original instanceof LossBinaryXENT) {
            return weighted(Transforms.sigmoid(logits, true).subi(expected), mask);
        }
        INDArray targets = weighted(expected, mask);
        INDArray probabilities = Transforms.exp(logSoftmax(logits), false);
        return probabilities.muliColumnVector(targets.sum(true, 1)).subi(targets);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, activation, mask, average),
                computeGradient(labels, logits, activation, mask));
    }

    /** One value for each logit. */
    private INDArray losses(INDArray labels, INDArray logits, @Nullable INDArray mask) {
        INDArray expected = expected(labels, logits);
        if (original instanceof LossBinaryXENT) {
            INDArray tail = Transforms.log(
                    Transforms.exp(Transforms.abs(logits, true).negi(), false).addi(1), false);
            return weighted(
                    Transforms.max(logits, 0, true).subi(expected.muli(logits)).addi(tail), mask);
        }
        INDArray logProbabilities = logSoftmax(logits);
        return weighted(expected, mask).muli(logProbabilities).negi();
    }

    private static INDArray logSoftmax(INDArray logits) {
        INDArray shifted = logits.subColumnVector(logits.max(true, 1));
        INDArray norm = Transforms.log(Transforms.exp(shifted, true).sum(true, 1), false);
        return shifted.subiColumnVector(norm);
    }

    /** The labels, one value for each logit, in a new array. */
    private INDArray expected(INDArray labels, INDArray logits) {
        if (original instanceof LossSparseMCXENT) {
            INDArray oneHot = logits.ulike();
            Nd4j.exec(new OneHot(labels.reshape(labels.length()), oneHot, (int) logits.size(1)));
            return oneHot;
        }
        if (!labels.equalShapes(logits)) {
            throw new IllegalArgumentException("labels must have the shape of the network's output, "
                    + logits.shapeInfoToString() + ", got " + labels.shapeInfoToString());
        }
        INDArray copy = logits.ulike();
        return copy.assign(labels);
    }

    /** Multiplies by the loss's weights and the mask, in place. */
    private INDArray weighted(INDArray values, @Nullable INDArray mask) {
        INDArray weights =
                original instanceof LossBinaryXENT binary ? binary.getWeights() : ((LossMCXENT) original).getWeights();
        if (weights != null) {
            values.muliRowVector(weights.castTo(values.dataType()));
        }
        if (mask != null) {
            LossUtil.applyMask(values, mask.castTo(values.dataType()));
        }
        return values;
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public String toString() {
        return original.toString();
    }
}
