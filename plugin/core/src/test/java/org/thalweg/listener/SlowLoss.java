package org.thalweg.listener;

import java.util.concurrent.locks.LockSupport;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A user's loss function that takes its time, off the training thread. */
public final class SlowLoss extends LossMSE {

    private static final long serialVersionUID = 1L;

    private static final long NANOS = 20_000_000;

    @Override
    public double computeScore(
            INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        if (Thread.currentThread().getName().startsWith("thalweg")) {
            LockSupport.parkNanos(NANOS);
        }
        return super.computeScore(labels, output, activation, mask, average);
    }
}
