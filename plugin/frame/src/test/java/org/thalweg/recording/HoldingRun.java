package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.thalweg.testing.RandomFrames;

/** A process that records a run, says whether it may, and holds it until it is killed. */
public final class HoldingRun {

    private HoldingRun() {}

    /**
     * Records a run.
     *
     * @param arguments the run's directory, the seed of its provenance
     */
    public static void main(String[] arguments) throws Exception {
        RunRecorder recorder = new RunRecorder(Path.of(arguments[0]), 0);
        try {
            recorder.start(new RandomFrames(new Random(Long.parseLong(arguments[1]))).provenance("held"));
        } catch (IOException e) {
            System.out.println("refused: " + e.getMessage());
            return;
        }
        System.out.println("holds it");
        Thread.sleep(180_000);
    }
}
