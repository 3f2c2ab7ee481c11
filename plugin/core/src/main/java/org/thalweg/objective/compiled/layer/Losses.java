package org.thalweg.objective.compiled.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.thalweg.objective.compiled.loss.AbsoluteError;
import org.thalweg.objective.compiled.loss.Accuracy;
import org.thalweg.objective.compiled.loss.LogLikelihood;
import org.thalweg.objective.compiled.loss.OutputLoss;
import org.thalweg.objective.compiled.loss.SigmoidCrossEntropy;
import org.thalweg.objective.compiled.loss.SoftmaxCrossEntropy;
import org.thalweg.objective.compiled.loss.SquaredError;
import org.thalweg.objective.compiled.program.Output;
import org.thalweg.objective.compiled.program.Value;

/**
 * DL4J's loss functions. Cross entropies of softmax and sigmoid outputs are taken of the logits, without DL4J's
 * clipping of probabilities, so that far points keep their height.
 */
final class Losses {

    private Losses() {}

    /** Adds the activation where the loss does not contain it, and the output. */
    static Value compare(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        if (scope.labels() < 0) {
            throw scope.unsupported("has a loss, but is no output of the network");
        }
        boolean softmax = activation instanceof ActivationSoftmax;
        boolean sigmoid = activation instanceof ActivationSigmoid;
        if (softmax && isCrossEntropy(function)) {
            return add(
                    scope,
                    logits,
                    new SoftmaxCrossEntropy(),
                    new Accuracy.Argmax(),
                    ((LossMCXENT) function).getWeights(),
                    false);
        }
        if (sigmoid && function.getClass() == LossBinaryXENT.class) {
            return add(
                    scope,
                    logits,
                    new SigmoidCrossEntropy(),
                    new Accuracy.Threshold(0),
                    ((LossBinaryXENT) function).getWeights(),
                    true);
        }
        Accuracy accuracy =
                softmax ? new Accuracy.Argmax() : sigmoid ? new Accuracy.Threshold(0.5) : new Accuracy.None();
        Value outputs = scope.activated(logits, activation);
        OutputLoss loss = ofOutputs(scope, function, activation, outputs.length());
        return add(scope, outputs, loss, accuracy, weights(function), true);
    }

    private static boolean isCrossEntropy(ILossFunction function) {
        return function.getClass() == LossMCXENT.class || function.getClass() == LossNegativeLogLikelihood.class;
    }

    private static OutputLoss ofOutputs(LayerScope scope, ILossFunction function, IActivation activation, long size) {
        Class<?> type = function.getClass();
        if (type == LossMSE.class) {
            return new SquaredError(1.0 / size);
        } else if (type == LossL2.class) {
            return new SquaredError(1);
        } else if (type == LossMAE.class) {
            return new AbsoluteError(1.0 / size);
        } else if (type == LossL1.class) {
            return new AbsoluteError(1);
        } else if (isCrossEntropy(function)) {
            return new LogLikelihood();
        }
        throw scope.unsupported(
                "has the loss " + function + " of the activation " + activation + ", which is not covered");
    }

    private static @Nullable INDArray weights(ILossFunction function) {
        if (function instanceof LossL2 squared) {
            return squared.getWeights();
        }
        if (function instanceof LossL1 absolute) {
            return absolute.getWeights();
        }
        return function instanceof LossMCXENT entropy ? entropy.getWeights() : null;
    }

    private static Value add(
            LayerScope scope,
            Value value,
            OutputLoss loss,
            Accuracy accuracy,
            @Nullable INDArray weights,
            boolean entryMasks) {
        if (weights != null && weights.length() != value.length()) {
            throw scope.unsupported("has " + weights.length() + " loss weights for " + value.length() + " outputs");
        }
        double[] copy = weights == null ? null : weights.dup('c').data().asDouble();
        scope.builder().output(new Output(scope.name(), scope.labels(), value, loss, accuracy, copy, entryMasks));
        return value;
    }
}
