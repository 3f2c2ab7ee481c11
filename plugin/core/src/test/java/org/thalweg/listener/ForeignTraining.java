package org.thalweg.listener;

import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/** Records a run, continues another one and tries to continue it with a network that is not its own. */
public final class ForeignTraining {

    private ForeignTraining() {}

    /**
     * Does so.
     *
     * @param arguments directory of the run to record, directory of the run to continue, seed of both
     */
    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[2]);
        train(Path.of(arguments[0]), seed, seed);
        train(Path.of(arguments[1]), seed, seed);
        try {
            train(Path.of(arguments[1]), seed, seed + 1);
        } catch (IllegalStateException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    /** Records the frames at 0, 1 and 2, or records them again. */
    static void train(Path run, long seed, long dataSeed) {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSet data = Networks.data(20, dataSeed, 6);
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(PacingOptions.DEFAULT.withOnBusy(OnBusy.WAIT))
                .recording(RecordingOptions.DEFAULT
                        .withRun("Tal der Größe")
                        .withWeights(true)
                        .withDiscardLaterFrames(true))
                .grid(3)
                .eigenvalues(1)
                .recordTo(run)
                .build()) {
            network.addListeners(listener);
            network.fit(data);
            network.fit(data);
        }
    }
}
