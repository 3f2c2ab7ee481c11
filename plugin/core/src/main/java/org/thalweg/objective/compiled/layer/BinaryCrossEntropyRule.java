package org.thalweg.objective.compiled.layer;

import java.util.Set;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.thalweg.objective.compiled.loss.Accuracy;
import org.thalweg.objective.compiled.loss.SigmoidCrossEntropy;
import org.thalweg.objective.compiled.program.Value;

/** Cross entropy of sigmoid outputs, taken of the logits, without DL4J's clipping of probabilities. */
public final class BinaryCrossEntropyRule implements LossRule {

    @Override
    public Set<Class<? extends ILossFunction>> losses() {
        return Set.of(LossBinaryXENT.class);
    }

    @Override
    public Value compile(LayerScope scope, Value logits, IActivation activation, ILossFunction function) {
        if (!(activation instanceof ActivationSigmoid)) {
            throw scope.unsupported("has the loss " + function + " of the activation " + activation
                    + ", which is covered for sigmoid alone");
        }
        return scope.compared(
                logits,
                new SigmoidCrossEntropy(),
                new Accuracy.Threshold(0),
                ((LossBinaryXENT) function).getWeights(),
                true);
    }
}
