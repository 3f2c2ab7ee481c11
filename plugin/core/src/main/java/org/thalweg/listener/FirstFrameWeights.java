package org.thalweg.listener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.NamedArray;
import org.thalweg.recording.RunDirectory;
import org.thalweg.recording.RunReader;

/**
 * The weights of a run's first frame. They set the scale or the plane of all frames where these follow the first one.
 */
final class FirstFrameWeights {

    private FirstFrameWeights() {}

    /**
     * Reads the weights of the first frame of the run in a directory; empty if there is no run, or only later frames.
     *
     * @param iteration completed parameter updates of the network; later frames do not count: they will be deleted
     * @throws IllegalStateException if there is such a frame without recorded weights
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
                throw new IllegalStateException("the run in " + directory + " cannot be continued: the scale or"
                        + " plane of its frames is that of the weights at iteration " + first
                        + ", which were not recorded (RecordingOptions.withWeights(true) records them)");
            }
            return Optional.of(weights);
        } catch (IOException e) {
            throw new IllegalStateException("the run in " + directory + " cannot be continued: " + e.getMessage(), e);
        }
    }
}
