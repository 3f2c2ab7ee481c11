package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Seeds;

/** On machines with several devices, frames are computed where the listener was built. */
@Timeout(120)
class DeviceTest {

    private final long seed = Seeds.fresh("DeviceTest");

    @Test
    void framesAreMadeOnTheListenersDeviceAndTrainingStaysOnItsOwn() throws Exception {
        try (ChildJvm child = new ChildJvm(TrainingOnTwoDevices.class, seed)) {
            assertThat(child.awaitEnd()).as(child.read()).isZero();
            assertThat(child.read().lines().filter(line -> line.matches("(main|trainer|thalweg-worker) .*")))
                    .as("seed %d", seed)
                    .containsExactly(
                            "trainer stays on 1", "main on 0", "thalweg-worker on 0", "trainer on 0", "trainer on 1");
        }
    }
}
