package org.thalweg.objective.compiled;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.Probe;

/** The contract for whole networks. */
class NetworkContractTest {

    private final Fresh fresh = Fresh.start();
    private final Probe probe = Probe.of(
            fresh.normal(DataType.DOUBLE, 7, SmallArchitectures.SIDE * SmallArchitectures.SIDE),
            fresh.oneHot(DataType.DOUBLE, 7, SmallArchitectures.CLASSES));

    @Test
    void leNetHolds() {
        new Contract(SmallArchitectures.leNet(fresh), probe, fresh, "LeNet").hold();
    }

    @Test
    void vggWithNormalizationBeforeActivationHolds() {
        new Contract(SmallArchitectures.vgg(fresh, true), probe, fresh, "VGG, normalization first").hold();
    }

    @Test
    void vggWithNormalizationAfterActivationHolds() {
        new Contract(SmallArchitectures.vgg(fresh, false), probe, fresh, "VGG, activation first").hold();
    }

    @Test
    void multilayerPerceptronHolds() {
        new Contract(SmallArchitectures.mlp(fresh), probe, fresh, "MLP").hold();
    }
}
