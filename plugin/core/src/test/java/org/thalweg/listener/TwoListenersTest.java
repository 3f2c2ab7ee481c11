package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Two listeners and one run directory: one writes at a time. */
class TwoListenersTest {

    private final long seed = Seeds.fresh("TwoListenersTest");
    private final DataSet data = Networks.data(20, seed, 6);
    private final MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);

    @TempDir
    private Path directory;

    @Test
    void theSecondIsRefusedUntilTheFirstIsClosed() throws Exception {
        Path run = directory.resolve("run");
        try (LandscapeListener first = listener(run)) {
            assertThatThrownBy(() -> listener(run))
                    .hasMessageContaining(run.toString())
                    .hasMessageContaining("is being written by this process");
            network.addListeners(first);
            network.fit(data);
        }
        network.setListeners();
        try (LandscapeListener second = listener(run)) {
            network.addListeners(second);
            network.fit(data);
        }
        assertThat(RunReader.open(run).iterations()).containsExactly(0L, 1L, 2L);
    }

    private LandscapeListener listener(Path run) throws Exception {
        return LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(PacingOptions.DEFAULT.withOnBusy(OnBusy.WAIT))
                .grid(3)
                .eigenvalues(0)
                .recordTo(run)
                .build();
    }
}
