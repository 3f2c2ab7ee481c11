package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.frame.Frame;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** The quantities of a frame's plane and of Adam's next step, against PyTorch on the same weights and moments. */
class PlaneQuantitiesPeersTest {

    private static final int UPDATES = 15;
    private static final double RATE = 0.01;

    private final long seed = Seeds.fresh("PlaneQuantitiesPeersTest");

    @TempDir
    private Path folder;

    @Test
    void pyTorchFindsTheSameNumbers() throws IOException, InterruptedException {
        DataSet data = Networks.data(24, seed, 6);
        // Close to the training data, so that the validation valley lies on the plane.
        DataSet held = new DataSet(
                data.getFeatures().add(Networks.normal(new Random(seed), 24, 6).muli(0.05)), data.getLabels());
        MultiLayerNetwork network = network();
        List<Frame> frames = new ArrayList<>();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .validation(Probe.of(held))
                .schedule(Schedule.everyIterations(UPDATES / 3))
                .surface(SurfaceOptions.DEFAULT.withGrid(9, 1).withAllPoints())
                .eigenvalues(1)
                .quantities(QuantityOptions.DEFAULT.withLastStep(true))
                .recording(RecordingOptions.DEFAULT.withWeights(true).withDirections(true))
                .recordTo(folder.resolve("run"))
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .sink(frames::add)
                .build()) {
            network.addListeners(listener);
            for (int i = 0; i < UPDATES; i++) {
                network.fit(data);
            }
        }
        String told = Peers.python(
                List.of("/org/thalweg/peers/plane_quantities.py", "/org/thalweg/peers/recompute.py"),
                List.of("h5py", "numpy", "scipy", "torch"),
                folder.resolve("run"),
                UPDATES,
                moments(network),
                RATE,
                0.9,
                0.999,
                1e-8);
        Frame frame = frames.get(frames.size() - 1);
        String[] lines = told.strip().split("\\R");
        assertThat(lines).as(told).hasSize(12);
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            double expected = Double.parseDouble(words[1]);
            assertThat(frame.quantities()).as("seed %d", seed).containsKey(words[0]);
            // Weights and directions are recorded in single precision.
            assertThat(frame.quantities().get(words[0]))
                    .as("%s, seed %d", words[0], seed)
                    .isCloseTo(expected, within(1e-4 * Math.abs(expected) + 1e-6));
        }
    }

    /** Adam's second moments, array by array, each in row-major order. */
    private Path moments(MultiLayerNetwork network) throws IOException {
        INDArray state = network.getUpdater().getStateViewArray();
        INDArray flat = state.reshape(state.length());
        MultiLayerNetwork shaped = network();
        shaped.setParams(flat.get(NDArrayIndex.interval(flat.length() / 2, flat.length()))
                .dup()
                .reshape(1, flat.length() / 2));
        ByteBuffer bytes =
                ByteBuffer.allocate((int) (flat.length() / 2) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        shaped.paramTable().values().forEach(array -> {
            for (double value : array.dup('c').data().asDouble()) {
                bytes.putDouble(value);
            }
        });
        return Files.write(folder.resolve("moments"), bytes.array());
    }

    private MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, seed)
                .updater(new Adam(RATE))
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(7).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(7)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
