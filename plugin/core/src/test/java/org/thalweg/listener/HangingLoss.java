package org.thalweg.listener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A user's loss function that does not return off the training thread, until it is let go. */
public final class HangingLoss extends LossMSE {

    private static final long serialVersionUID = 1L;

    /** Losses that were computed, by whichever thread. */
    static final AtomicInteger CALLS = new AtomicInteger();

    static volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public double computeScore(
            INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        CALLS.incrementAndGet();
        if (Thread.currentThread().getName().startsWith("thalweg")) {
            boolean open = false;
            while (!open) {
                try {
                    gate.await();
                    open = true;
                } catch (InterruptedException e) {
                    Thread.onSpinWait();
                }
            }
        }
        return super.computeScore(labels, output, activation, mask, average);
    }
}
