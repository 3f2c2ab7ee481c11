package org.thalweg.objective.compiled.internal.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.thalweg.objective.compiled.internal.kernel.ComposedFunction;
import org.thalweg.objective.compiled.internal.kernel.FixedScaling;
import org.thalweg.objective.compiled.internal.kernel.Jet;
import org.thalweg.objective.compiled.internal.kernel.LogSoftmax;
import org.thalweg.objective.compiled.internal.kernel.Softmax;
import org.thalweg.objective.compiled.spi.ElementwiseKernel;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/**
 * Losses of predicted boxes {@code [height, width, boxes, size]}, composed of steps. Each is a sum over the last axis,
 * {@code [height, width, boxes]}. Targets are {@code [height, width, 1, size]}.
 *
 * @param scope of the layer
 */
record BoxLosses(LayerScope scope) {

    /** The loss of the predictions themselves. */
    Value of(ILossFunction function, Value predicted, Value targets) {
        if (function.getClass() == LossL2.class || function.getClass() == LossMSE.class) {
            Value error = scope.combine(List.of(predicted, targets), 1, -1);
            double factor = function instanceof LossMSE ? 1.0 / predicted.channels() : 1;
            return summed(scope.multiply(error, error), factor, LossWeights.of(((LossL2) function).getWeights()));
        }
        if (function.getClass() == LossL1.class || function.getClass() == LossMAE.class) {
            Value error = scope.combine(List.of(predicted, targets), 1, -1);
            Value size = scope.elementwise(new ElementwiseKernel(ComposedFunction.linear(Jet::abs)), error);
            double factor = function instanceof LossMAE ? 1.0 / predicted.channels() : 1;
            return summed(size, factor, LossWeights.of(((LossL1) function).getWeights()));
        }
        throw scope.unsupported(
                "has boxes with the loss " + function.getClass().getSimpleName() + ", which is not covered");
    }

    /** The loss of the softmax of predicted classes. Cross entropy omits DL4J's clipping of probabilities. */
    Value ofClasses(ILossFunction function, Value logits, Value classes) {
        if (function.getClass() == LossMCXENT.class || function.getClass() == LossNegativeLogLikelihood.class) {
            Value logarithms = scope.step(new LogSoftmax(), logits, logits.shape());
            return summed(
                    scope.multiply(logarithms, classes), -1, LossWeights.of(((LossMCXENT) function).getWeights()));
        }
        return of(function, scope.step(new Softmax(), logits, logits.shape()), classes);
    }

    private Value summed(Value terms, double factor, double @Nullable [] weights) {
        Value weighted =
                weights == null ? terms : scope.step(new FixedScaling(weights, weights.length), terms, terms.shape());
        Value sum = scope.sum(weighted, terms.rank() - 1);
        return factor == 1 ? sum : scope.combine(List.of(sum), factor);
    }
}
