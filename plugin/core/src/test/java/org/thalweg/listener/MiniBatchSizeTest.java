package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class MiniBatchSizeTest {

    private final long seed = Seeds.fresh("MiniBatchSizeTest");

    /** Frames at the end of epochs follow their last, smaller batch. */
    @Test
    void anEpochsLastBatchIsNotItsSize() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSet data = Networks.data(40, seed, 6);
        List<Map<String, Double>> frames = new ArrayList<>();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .grid(3)
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .sink(frame -> frames.add(frame.quantities()))
                .build()) {
            network.addListeners(listener);
            network.fit(new ListDataSetIterator<>(data.asList(), 16), 2);
        }
        assertThat(frames).hasSize(3);
        assertThat(frames.subList(1, 3))
                .allSatisfy(
                        quantities -> assertThat(quantities).as("seed %d", seed).containsEntry("batch_size", 16.0));
    }
}
