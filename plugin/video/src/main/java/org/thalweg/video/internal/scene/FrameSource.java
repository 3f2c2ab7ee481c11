package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.Frame;

/** The recorded frames of a run in order of iteration. Implementations are thread-safe. */
public interface FrameSource {

    /** What the run is called in pictures. */
    String title();

    /** What the losses are measured on, in words; empty when that is not known. */
    default String subject() {
        return "";
    }

    /** Number of frames, at least 1, fixed. */
    int size();

    /**
     * A frame, from 0.
     *
     * @throws IOException when its file cannot be read, naming it
     */
    Frame frame(int index) throws IOException;

    /**
     * Where earlier minimizers lie on each frame's plane; empty when the run was recorded without parameters or directions.
     *
     * @throws IOException when a file cannot be read, naming it
     */
    default Optional<MinimizerPath> trajectory() throws IOException {
        return Optional.empty();
    }

    /**
     * Frames that are in memory.
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
