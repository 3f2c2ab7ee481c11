package org.thalweg.listener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.NamedArray;
import org.thalweg.recording.RunDirectory;
import org.thalweg.recording.RunReader;

/** Where a run that is continued has its frozen camera's scale and its fixed plane's place from. */
final class FirstFrameWeights {

    private FirstFrameWeights() {}

    /**
     * Weights of the first frame of the run in a directory; empty when there is no run, or none with frames so early.
     *
     * @param iteration completed parameter updates of the network; later frames will not be part of the run
     * @throws IllegalStateException when there is one that has not kept them
     */
    static Optional<List<NamedArray>> read(Path directory, long iteration) {
        try {
            if (!RunDirectory.hasFrames(directory)) {
                return Optional.empty();
            }
            RunReader run = RunReader.open(directory);
            long first = run.iterations().get(0);
            if (first > iteration) {
                return Optional.empty();
            }
            List<NamedArray> weights = run.weights(first);
            if (weights.isEmpty()) {
                throw new IllegalStateException("the run in " + directory + " cannot be continued: its frozen camera"
                        + " or fixed plane goes by the weights at iteration " + first
                        + ", which were not recorded (RecordingOptions.withWeights(true) records them)");
            }
            return Optional.of(weights);
        } catch (IOException e) {
            throw new IllegalStateException("the run in " + directory + " cannot be continued: " + e.getMessage(), e);
        }
    }
}
