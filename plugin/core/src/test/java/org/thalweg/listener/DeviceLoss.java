package org.thalweg.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A user's loss function that notes which threads compute it, and on which devices. */
public final class DeviceLoss extends LossMSE {

    private static final long serialVersionUID = 1L;

    /** Names of threads with devices. */
    static final Set<String> SEEN = new ConcurrentSkipListSet<>();

    @Override
    public double computeScore(
            INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        SEEN.add(Thread.currentThread().getName() + " on "
                + Nd4j.getAffinityManager().getDeviceForCurrentThread());
        return super.computeScore(labels, output, activation, mask, average);
    }
}
