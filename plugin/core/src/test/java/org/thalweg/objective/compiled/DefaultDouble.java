package org.thalweg.objective.compiled;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Runs what Deeplearning4j computes in the default type, whatever the network's. */
final class DefaultDouble {

    private DefaultDouble() {}

    static void run(Runnable action) {
        DataType before = Nd4j.defaultFloatingPointType();
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        try {
            action.run();
        } finally {
            Nd4j.setDefaultDataTypes(before, before);
        }
    }
}
