package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.Frame;

/** The recorded frames of a run in order of iteration. Implementations are thread-safe. */
public interface FrameSource {

    /** The run's name in pictures. */
    String title();

    /** A description of the examples of the loss; empty if unknown. */
    default String subject() {
        return "";
    }

    /** Number of frames, at least 1; it does not change. */
    int size();

    /**
     * The frame at an index, counted from 0.
     *
     * @throws IOException when its file cannot be read, naming it
     */
    Frame frame(int index) throws IOException;

    /**
     * Earlier minimizers on each frame's plane; empty if the run was recorded without parameters or directions.
     *
     * @throws IOException when a file cannot be read, naming it
     */
    default Optional<MinimizerPath> trajectory() throws IOException {
        return Optional.empty();
    }

    /**
     * Frames in memory.
     *
     * @throws IllegalArgumentException without frames
     */
    static FrameSource of(String title, List<Frame> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("the run " + title + " has no frames to show");
        }
        List<Frame> copy = List.copyOf(frames);
        return new FrameSource() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public int size() {
                return copy.size();
            }

            @Override
            public Frame frame(int index) {
                return copy.get(index);
            }
        };
    }
}
