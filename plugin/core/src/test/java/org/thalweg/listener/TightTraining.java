package org.thalweg.listener;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/**
 * Trains with room under JavaCPP's limit of physical memory, then with hardly any, then with room again. Prints a line for
 * each frame and each one that was skipped.
 */
public final class TightTraining {

    private static final long LIMIT = 1600L << 20;

    /** Half of the memory that a frame leaves to training, 80 MiB, so that the heap may grow or shrink a little. */
    private static final long LEFT = 40L << 20;

    private static final long PIECE = 8L << 20;

    private TightTraining() {}

    /** Takes the seed. */
    public static void main(String[] args) {
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", Long.toString(LIMIT));
        long seed = Long.parseLong(args[0]);
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSet data = Networks.data(20, seed, 6);
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .sink(new Narrator())
                .build()) {
            network.addListeners(listener);
            train(network, data);
            Deque<INDArray> ballast = new ArrayDeque<>();
            fill(ballast);
            // As the listener will, without success.
            NativeHeap.trim();
            fill(ballast);
            train(network, data);
            ballast.forEach(INDArray::close);
            train(network, data);
        }
        System.out.println("trained " + network.getIterationCount());
    }

    private static void fill(Deque<INDArray> ballast) {
        while (Pointer.physicalBytes() < LIMIT - LEFT) {
            ballast.add(Nd4j.ones(DataType.FLOAT, PIECE / Float.BYTES));
        }
    }

    private static void train(MultiLayerNetwork network, DataSet data) {
        for (int i = 0; i < 3; i++) {
            network.fit(data);
        }
    }

    private static final class Narrator implements FrameSink {
        @Override
        public void frame(Frame frame) {
            System.out.println("frame " + frame.iteration());
        }

        @Override
        public void skipped(long iteration, String reason) {
            System.out.println("skipped " + iteration + " " + reason);
        }
    }
}
