package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.metrics.MeterNames;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** How trainers treat listeners: counts set back, layers in place of networks, unwatched networks. */
@Timeout(120)
class TrainersTest {

    private static final long SEED = Seeds.fresh("TrainersTest");

    /** 20 examples in batches of 4: five iterations an epoch. */
    private final DataSet data = Networks.data(20, SEED, 6);

    private final CollectedFrames frames = new CollectedFrames();

    @Test
    void earlyStoppingSetsEpochsBackAndTheRunCountsOn() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        try (LandscapeListener listener = small(network, frames).build()) {
            network.addListeners(listener);
            network.fit(iterator(), 2);
            FormOfFit.EARLY_STOPPING.train(network, data.batchBy(4));
        }
        assertThat(network.getEpochCount()).as("its own count").isEqualTo(1);
        assertThat(frames.epochs()).containsExactly(0, 1, 2, 3, 4);
        assertThat(frames.iterations()).containsExactly(0L, 5L, 10L, 15L, 20L);
    }

    @Test
    void iterationsThatAreSetBackCountOn() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        try (LandscapeListener listener =
                small(network, frames).schedule(Schedule.everyIterations(3)).build()) {
            network.addListeners(listener);
            network.fit(iterator());
            network.setIterationCount(0);
            network.fit(iterator());
            listener.capture(network);
        }
        assertThat(frames.iterations()).containsExactly(0L, 3L, 6L, 9L, 10L);
    }

    @Test
    void pretrainingIsIgnoredAndSaidOnce() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .list()
                .layer(new AutoEncoder.Builder().nIn(6).nOut(4).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(3).build())
                .build());
        network.init();
        try (LandscapeListener listener =
                small(network, frames).schedule(Schedule.everyIterations(1)).build()) {
            network.addListeners(listener);
            assertThat(StandardError.during(() -> network.pretrain(iterator())))
                    .containsOnlyOnce("pretraining of a layer (AutoEncoder)");
            assertThat(frames.iterations()).containsExactly(0L);
            network.fit(iterator());
        }
        assertThat(frames.iterations()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void twoNetworksWithAListenerEachTrainAtTheSameTime() throws InterruptedException {
        List<MultiLayerNetwork> networks =
                List.of(Networks.mlp(DataType.DOUBLE, SEED), Networks.mlp(DataType.DOUBLE, SEED + 1));
        List<CollectedFrames> records = List.of(new CollectedFrames(), new CollectedFrames());
        List<Thread> trainings = LongStream.range(0, 2)
                .mapToObj(i -> new Thread(() -> {
                    MultiLayerNetwork network = networks.get((int) i);
                    try (LandscapeListener listener =
                            small(network, records.get((int) i)).build()) {
                        network.addListeners(listener);
                        network.fit(iterator(), 4);
                    }
                }))
                .toList();
        trainings.forEach(Thread::start);
        for (Thread training : trainings) {
            training.join();
        }
        for (int i = 0; i < 2; i++) {
            assertThat(records.get(i).iterations()).as("seed %d", SEED).containsExactly(0L, 5L, 10L, 15L, 20L);
            assertThat(records.get(i).last().loss())
                    .as("network %d, seed %d", i, SEED)
                    .isEqualTo(lossOf(networks.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherNetworkThatItIsAddedToIsAnErrorThatNamesBoth(boolean inline) {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        MultiLayerNetwork other = Networks.mlp(DataType.FLOAT, SEED);
        MultiLayerNetwork alone = Networks.mlp(DataType.FLOAT, SEED);
        alone.fit(iterator(), 3);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LandscapeListenerBuilder builder =
                small(network, frames).pacing(EveryFrame.of(inline)).meterRegistry(registry);
        try (LandscapeListener listener = builder.build()) {
            network.addListeners(listener);
            other.addListeners(listener);
            assertThat(StandardError.during(() -> other.fit(iterator(), 3)))
                    .containsOnlyOnce("ERROR")
                    .contains("built for " + WatchedNetwork.describe(network))
                    .contains("added to " + WatchedNetwork.describe(other))
                    .contains("Build a listener for each network");
            network.fit(iterator());
        }
        assertThat(frames.iterations()).containsExactly(0L, 5L);
        assertThat(frames.epochs()).containsExactly(0, 1);
        assertThat(frames.skipped()).as("the other's epochs").containsExactly(5L, 10L, 15L);
        assertThat(registry.get(MeterNames.SKIPPED.meterName())
                        .tag("reason", "another network")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(frames.last().quantities()).as("gaps of this run").containsEntry("skipped_frames", 0.0);
        assertThat(other.params()).as("trained on, seed %d", SEED).isEqualTo(alone.params());
    }

    @Test
    void trainingAfterCloseIsIgnoredAndSaidOnce() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        LandscapeListener listener = small(network, frames).build();
        network.addListeners(listener);
        listener.close();
        listener.close();
        assertThat(StandardError.during(() -> {
                    network.fit(iterator(), 2);
                    listener.capture(network);
                }))
                .containsOnlyOnce("training continues after close()");
        assertThat(frames.iterations()).containsExactly(0L);
        assertThat(frames.closed()).isEqualTo(1);
    }

    @Test
    void aProbeFromTheTrainingIteratorLeavesTheEpochWhole() {
        MultiLayerNetwork alone = Networks.mlp(DataType.FLOAT, SEED);
        alone.fit(iterator());
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        DataSetIterator iterator = iterator();
        iterator.next();
        try (LandscapeListener listener =
                small(network, frames).probe(Probe.sample(iterator, 8, SEED)).build()) {
            network.addListeners(listener);
            network.fit(iterator);
        }
        assertThat(frames.iterations()).containsExactly(0L, 5L);
        assertThat(network.params().data().asFloat())
                .as("seed %d", SEED)
                .containsExactly(alone.params().data().asFloat());
    }

    /** The loss that a frame of the network as it is has: a new listener's first one. */
    private double lossOf(MultiLayerNetwork network) {
        CollectedFrames one = new CollectedFrames();
        small(network, one).build().close();
        return one.last().loss();
    }

    private LandscapeListenerBuilder small(Model model, CollectedFrames sink) {
        return LandscapeListener.builder(model)
                .probe(Probe.of(data))
                .grid(3)
                .eigenvalues(1)
                .pacing(EveryFrame.QUEUED)
                .sink(sink);
    }

    private DataSetIterator iterator() {
        return new ListDataSetIterator<>(data.asList(), 4);
    }
}
