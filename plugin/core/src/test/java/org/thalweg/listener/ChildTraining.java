package org.thalweg.listener;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/**
 * Trains a small network and records a frame after every update, until it is killed or its standard input ends. Prints a
 * line for each frame that was handed to the recorder, whether or not that wrote it.
 */
public final class ChildTraining {

    private ChildTraining() {}

    /** Takes the run directory and the seed. */
    public static void main(String[] args) {
        Thread orphan = new Thread(ChildTraining::exitWithParent);
        orphan.setDaemon(true);
        orphan.start();
        long seed = Long.parseLong(args[1]);
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSet data = Networks.data(20, seed, 6);
        LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .recordTo(Path.of(args[0]))
                .sink(new Narrator())
                .build();
        network.addListeners(listener);
        while (network.getIterationCount() < Integer.MAX_VALUE) {
            network.fit(data);
        }
        listener.close();
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // No process is there either.
        }
        Runtime.getRuntime().halt(0);
    }

    private static final class Narrator implements FrameSink {
        @Override
        public void frame(Frame frame) {
            System.out.println("frame " + frame.iteration());
        }

        @Override
        public void sinkFailed(String sink, Throwable cause) {
            System.out.println("failed " + sink + " " + cause.getMessage());
        }
    }
}
