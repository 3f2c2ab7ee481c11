package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Recurrent and convolutional networks, frozen layers, running statistics, constraints. */
@Timeout(300)
class NetworkKindsTest {

    private static final long SEED = Seeds.fresh("NetworkKindsTest");

    private final DataSet data = Networks.data(20, SEED, 6);

    private final CollectedFrames frames = new CollectedFrames();

    @Test
    void recurrentAndConvolutionalNetworksAreWatched() {
        MultiLayerNetwork lstm = Networks.lstm(DataType.FLOAT, SEED);
        DataSet sequences = Networks.sequences(8, 4, SEED);
        watch(lstm, sequences);
        assertThat(frames.iterations()).containsExactly(0L, 1L);

        MultiLayerNetwork cnn = Networks.cnn(DataType.FLOAT, SEED, false);
        CollectedFrames images = new CollectedFrames();
        DataSet pictures = Networks.data(6, SEED, 1, 8, 8);
        try (LandscapeListener listener = LandscapeListener.builder(cnn)
                .probe(Probe.of(pictures))
                .schedule(Schedule.everyIterations(1))
                .grid(3)
                .eigenvalues(1)
                .sink(images)
                .build()) {
            cnn.addListeners(listener);
            cnn.fit(pictures);
        }
        assertThat(images.iterations()).containsExactly(0L, 1L);
    }

    @Test
    void frozenLayersStayWhereTheyAre() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .list()
                .layer(new FrozenLayer(new DenseLayer.Builder().nIn(6).nOut(4).build()))
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(3).build())
                .build());
        network.init();
        try (LandscapeListener listener = small(network)
                .schedule(Schedule.everyIterations(2))
                .recording(RecordingOptions.DEFAULT.withWeights(true).withDirections(true))
                .build()) {
            network.addListeners(listener);
            data.batchBy(10).forEach(network::fit);
        }
        assertThat(frames.iterations()).containsExactly(0L, 2L);
        assertThat(frames.frames().get(1).weights().get(0).values())
                .isEqualTo(frames.frames().get(0).weights().get(0).values());
        assertThat(frames.frames().get(1).directions())
                .extracting(NamedArray::name)
                .containsExactly("delta/1_W", "delta/1_b", "eta/1_W", "eta/1_b");
    }

    @Test
    void batchNormStatisticsAreThoseOfTheFrame() {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, SEED, true);
        DataSet images = Networks.data(12, SEED, 1, 8, 8);
        DataSet others = Networks.data(9, SEED + 1, 1, 8, 8);
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(images))
                .validation(Probe.of(others))
                .schedule(Schedule.everyIterations(3))
                .grid(3)
                .sink(frames)
                .build()) {
            network.addListeners(listener);
            for (int i = 0; i < 3; i++) {
                network.fit(images);
            }
        }
        Frame last = frames.frames().get(1);
        assertThat(last.loss()).isCloseTo(network.score(images, false), within(1e-9));
        assertThat(last.validationLoss().orElseThrow()).isCloseTo(network.score(others, false), within(1e-9));
        assertThat(last.surface().loss()[1][1]).isEqualTo(last.loss());
    }

    @Test
    void constrainedNetworksAreRecordedAsConstrained() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .constrainWeights(new MaxNormConstraint(0.2, 1))
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(4).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(3).build())
                .build());
        network.init();
        try (LandscapeListener listener = small(network)
                .schedule(Schedule.everyIterations(1))
                .recording(RecordingOptions.DEFAULT.withWeights(true))
                .build()) {
            network.addListeners(listener);
            network.fit(data);
        }
        NamedArray weights = frames.frames().get(1).weights().get(0);
        assertThat(weights.name()).isEqualTo("0_W");
        assertThat((float[]) weights.values())
                .containsExactly(network.getParam("0_W").dup('c').data().asFloat());
    }

    private void watch(MultiLayerNetwork network, DataSet set) {
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(set))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .eigenvalues(1)
                .sink(frames)
                .build()) {
            network.addListeners(listener);
            network.fit(set);
        }
    }

    private LandscapeListenerBuilder small(MultiLayerNetwork model) {
        return LandscapeListener.builder(model)
                .probe(Probe.of(data))
                .grid(3)
                .eigenvalues(1)
                .pacing(EveryFrame.QUEUED)
                .sink(frames);
    }
}
