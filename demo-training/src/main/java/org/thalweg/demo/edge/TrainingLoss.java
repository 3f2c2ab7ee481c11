package org.thalweg.demo.edge;

import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The loss function that is minimized. */
public enum TrainingLoss {
    /** Squared error of linear outputs, the mean over outputs and examples. */
    MSE("MSE", LossFunction.MSE, Activation.IDENTITY),
    /** Cross-entropy of softmax outputs. */
    CROSS_ENTROPY("cross-entropy", LossFunction.MCXENT, Activation.SOFTMAX);

    private final String label;
    private final LossFunction function;
    private final Activation activation;

    TrainingLoss(String label, LossFunction function, Activation activation) {
        this.label = label;
        this.function = function;
        this.activation = activation;
    }

    /** The usual name. */
    String label() {
        return label;
    }

    LossFunction function() {
        return function;
    }

    Activation activation() {
        return activation;
    }
}
