package org.thalweg.listener;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The contents and the place of a recording. Immutable.
 *
 * @param directory the run directory, which is created; empty to record nothing. An existing run in it is continued if
 *     network, probe and options are the same and none of its frames is later than the network's iteration; otherwise
 *     it is refused.
 * @param run name of the run, the {@code run} tag of its meters; empty for the directory's name
 * @param weights whether to record the network's weights in each frame
 * @param directions whether to record the directions of each frame, so that others can compute its surface again
 * @param discardLaterFrames whether to delete the frames of a continued run that are later than the network's
 *     iteration, which a killed process recorded after it had saved its model; otherwise such frames are a reason to
 *     refuse the run. They are deleted once the listener is built.
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

    /** With a directory. */
    public RecordingOptions withDirectory(Path directory) {
        return new RecordingOptions(Optional.of(directory), run, weights, directions, discardLaterFrames);
    }

    /** With a name. */
    public RecordingOptions withRun(String run) {
        return new RecordingOptions(directory, Optional.of(run), weights, directions, discardLaterFrames);
    }

    /** With or without each frame's weights. */
    public RecordingOptions withWeights(boolean weights) {
        return new RecordingOptions(directory, run, weights, directions, discardLaterFrames);
    }

    /** With or without each frame's directions. */
    public RecordingOptions withDirections(boolean directions) {
        return new RecordingOptions(directory, run, weights, directions, discardLaterFrames);
    }

    /** With frames later than the network deleted, or refused. */
    public RecordingOptions withDiscardLaterFrames(boolean discardLaterFrames) {
        return new RecordingOptions(directory, run, weights, directions, discardLaterFrames);
    }
}
