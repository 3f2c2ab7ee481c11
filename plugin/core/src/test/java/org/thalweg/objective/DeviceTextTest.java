package org.thalweg.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Devices as users write them, and messages for missing ones. */
class DeviceTextTest {

    private final long seed = Seeds.fresh("DeviceTextTest");

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda", "cuda:0", "cuda:12"})
    void textsAreReadAndWritten(String text) {
        assertThat(Device.of(text)).hasToString(text);
        assertThat(Device.of("auto")).isEqualTo(Device.AUTO);
        assertThat(Device.of("cuda:12").number()).hasValue(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "cuda:", "cuda:-1", "cuda:x", "cpu:0", "auto:1", "cuda:123456789012"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Device.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be auto, cpu, or a kind such as cuda or cuda:1, got " + text);
    }

    @Test
    void aDeviceThatNoJarBringsIsRefused() {
        MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
        Probe probe = Probe.of(Networks.data(4, seed, 6));
        assertThatThrownBy(() -> CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT, Device.of("cuda:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "device cuda:1 needs a jar that brings it (cuda: org.thalweg:thalweg-cuda); on the class path"
                                + " are none");
        try (CompiledObjective objective =
                CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT, Device.AUTO)) {
            assertThat(objective.placement().device()).isEmpty();
            assertThat(objective.placement().failures()).isEmpty();
            assertThat(objective.placement().recover(new DeviceException("lost", false)))
                    .isFalse();
        }
    }
}
