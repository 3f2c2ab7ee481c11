package org.thalweg.internal;

import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Access to an array's memory without ND4J's operations. On the CPU that is the array itself. On a GPU it is a copy on the
 * host: fetch it before reading, and mark it as the newer one after writing.
 */
public final class HostMemory {

    private HostMemory() {}

    /** Call this before the host reads arrays or writes parts of them. */
    public static void fetch(INDArray... arrays) {
        for (INDArray array : arrays) {
            Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        }
    }

    /** Call this after the host wrote to an array. */
    public static void changed(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }
}
