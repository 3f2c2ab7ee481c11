package org.thalweg.objective.compiled.internal.rule;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights of the entries of an output in DL4J's losses. */
final class LossWeights {

    private LossWeights() {}

    static double @Nullable [] of(@Nullable INDArray weights) {
        return weights == null ? null : weights.dup('c').data().asDouble();
    }
}
