package org.thalweg.listener;

import java.util.Arrays;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A user's loss function that can ask for more memory than there is, off the training thread. */
public final class HungryLoss extends LossMSE {

    private static final long serialVersionUID = 1L;

    static volatile boolean hungry;

    @Override
    public double computeScore(
            INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        if (hungry && Thread.currentThread().getName().startsWith("thalweg")) {
            // 2^34 bytes, more than the heap of the tests.
            Arrays.fill(new long[Integer.MAX_VALUE - 8], 1);
        }
        return super.computeScore(labels, output, activation, mask, average);
    }
}
