package org.thalweg.objective;

import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where the host reads or writes an array's memory by itself. On the CPU that is the array; on a GPU it is a copy, which
 * is fetched before and is the newer one of the two afterwards.
 */
public final class HostMemory {

    private HostMemory() {}

    /** To be called before the host reads arrays or writes parts of them. */
    public static void fetch(INDArray... arrays) {
        for (INDArray array : arrays) {
            Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        }
    }

    /** To be called after the host wrote to an array. */
    public static void changed(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }
}
