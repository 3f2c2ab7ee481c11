package org.thalweg.listener;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What of a run is recorded, and where. Immutable.
 *
 * @param directory the run directory, which is made; empty to record nothing. A run that is already there is continued if
 *     network, probe and options are the same and none of its frames is later than the network is now; otherwise it is
 *     refused.
 * @param run name of the run, the {@code run} tag of its meters; empty for the directory's name
 * @param weights whether each frame has the network's weights
 * @param directions whether each frame has its directions, so that others can compute its surface again
 * @param discardLaterFrames whether a run that is continued loses the frames that are later than the network is now, which a
 *     killed process recorded after it had saved its model; otherwise they are a reason to refuse. They are deleted once the
 *     listener has been built.
 * @since 0.2.0
 */
public record RecordingOptions(
        Optional<Path> directory,
        Optional<String> run,
        boolean weights,
        boolean directions,
        boolean discardLaterFrames) {

    /** No directory, no weights, no directions. */
    public static final RecordingOptions DEFAULT =
            new RecordingOptions(Optional.empty(), Optional.empty(), false, false, false);

    /** @throws IllegalArgumentException if the run's name is blank */
    public RecordingOptions {
        if (run.isPresent() && run.get().isBlank()) {
            throw new IllegalArgumentException("the name of a run must not be blank, got '" + run.get() + "'");
        }
    }

    /** Into a directory. */
    public RecordingOptions withDirectory(Path directory) {
        return new RecordingOptions(Optional.of(directory), run, weights, directions, discardLaterFrames);
    }

    /** Under a name. */
    public RecordingOptions withRun(String run) {
        return new RecordingOptions(directory, Optional.of(run), weights, directions, discardLaterFrames);
    }

    /** With each frame's weights, or without. */
    public RecordingOptions withWeights(boolean weights) {
        return new RecordingOptions(directory, run, weights, directions, discardLaterFrames);
    }

    /** With each frame's directions, or without. */
    public RecordingOptions withDirections(boolean directions) {
        return new RecordingOptions(directory, run, weights, directions, discardLaterFrames);
    }

    /** Deleting frames that are later than the network, or refusing them. */
    public RecordingOptions withDiscardLaterFrames(boolean discardLaterFrames) {
        return new RecordingOptions(directory, run, weights, directions, discardLaterFrames);
    }
}
