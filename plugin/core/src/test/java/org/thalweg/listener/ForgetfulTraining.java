package org.thalweg.listener;

import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/** Trains with a frame after every update and ends without closing the listener. Prints a line for each recorded frame. */
public final class ForgetfulTraining {

    private ForgetfulTraining() {}

    /** Takes the run directory, the seed and how often to train. */
    public static void main(String[] args) {
        long seed = Long.parseLong(args[1]);
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSet data = Networks.data(20, seed, 6);
        network.addListeners(LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .recordTo(Path.of(args[0]))
                .sink(frame -> System.out.println("frame " + frame.iteration()))
                .build());
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            network.fit(data);
        }
        System.out.println("training has ended");
    }
}
