package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** The loss at averaged weights of a network with BatchNorm. */
class AveragedWeightsTest {

    private static final int UPDATES = 4;

    private final long seed = Seeds.fresh("AveragedWeightsTest");

    /** With the statistics of the whole probe, inference is what training sees of the probe as one batch. */
    @Test
    void batchNormHasTheStatisticsOfTheMean() throws InterruptedException {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        DataSet data = Networks.data(24, seed, 1, 8, 8);
        List<Frame> frames = new ArrayList<>();
        INDArray sum = network.params().mul(0);
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .grid(3)
                .eigenvalues(0)
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .sink(frames::add)
                .build()) {
            network.addListeners(listener);
            for (int i = 0; i < UPDATES; i++) {
                network.fit(data);
                sum.addi(network.params());
            }
        }
        Frame last = frames.get(frames.size() - 1);
        assertThat(last.quantities()).as("seed %d", seed).containsEntry("averaged_frames", (double) UPDATES);
        ObjectiveOptions batches = ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH);
        try (CompiledObjective objective = CompiledObjective.of(network, Probe.of(data), batches)) {
            double expected = objective
                    .evaluate(objective.layout().pack(sum.divi(UPDATES)))
                    .loss();
            assertThat(last.quantities().get("averaged_loss"))
                    .as("seed %d", seed)
                    .isCloseTo(expected, within(1e-6 * expected));
        }
    }
}
