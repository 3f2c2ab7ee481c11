package org.thalweg.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;
import org.thalweg.video.film.FilmOptions;

/**
 * Keeps a run's frames in memory, without weights and directions, and makes films from them when the run closes. A
 * frame with a 25x25 grid takes about 20 KB. Not thread-safe, as sinks need not be.
 *
 * @since 0.2.0
 */
public final class VideoSink implements FrameSink {

    private final List<Target> targets;
    private final List<Frame> frames = new ArrayList<>();
    private String title = "run";

    /** A film to make. */
    public record Target(Path path, FilmOptions options) {}

    /** A sink that makes one film. */
    public VideoSink(Path path, FilmOptions options) {
        this(List.of(new Target(path, options)));
    }

    /** A sink that makes several films from the same frames. */
    public VideoSink(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    @Override
    public void start(RunProvenance run) {
        title = run.run();
    }

    @Override
    public void frame(Frame frame) {
        frames.add(frame.withoutArrays());
    }

    /**
     * Makes the films; does nothing if there was no frame.
     *
     * @throws IOException naming the file that could not be written
     */
    @Override
    public void close() throws IOException {
        if (frames.isEmpty()) {
            return;
        }
        for (Target target : targets) {
            RunFilm.of(title, frames, target.options()).writeFilm(target.path());
        }
        frames.clear();
    }
}
