package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;

/** The frames of a run directory when it is opened; later ones are ignored. Reads each frame when it is asked for. */
public final class RunFrames implements FrameSource {

    private final RunReader run;
    private final List<Long> iterations;

    private RunFrames(RunReader run, List<Long> iterations) {
        this.run = run;
        this.iterations = iterations;
    }

    /**
     * Opens all frames of a run.
     *
     * @throws IOException when it is not a run, cannot be read, or has no frame yet; the message names it
     */
    public static RunFrames open(Path path) throws IOException {
        return open(path, 0, Integer.MAX_VALUE);
    }

    /**
     * Opens the frames from {@code from} to {@code to}, counted from 0, both included; {@code to} may lie beyond the last.
     *
     * @throws IOException also when the run has no frame in this range
     */
    public static RunFrames open(Path path, int from, int to) throws IOException {
        RunReader run = RunReader.open(path);
        List<Long> all = run.iterations();
        if (all.isEmpty()) {
            throw new IOException("the run at " + path + " has no frames yet: wait for the first one");
        }
        if (from < 0 || from > to || from >= all.size()) {
            throw new IOException(
                    "the run at " + path + " has frames 0 to " + (all.size() - 1) + ", got " + from + " to " + to);
        }
        return new RunFrames(run, all.subList(from, Math.min(to, all.size() - 1) + 1));
    }

    @Override
    public String title() {
        return run.provenance().run();
    }

    @Override
    public String subject() {
        return run.provenance().probeSource();
    }

    @Override
    public int size() {
        return iterations.size();
    }

    @Override
    public Frame frame(int index) throws IOException {
        return run.frame(iterations.get(index));
    }

    @Override
    public Optional<MinimizerPath> trajectory() throws IOException {
        return MinimizerPath.of(run, iterations);
    }
}
