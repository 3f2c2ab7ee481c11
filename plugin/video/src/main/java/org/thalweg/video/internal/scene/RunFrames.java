package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunFormatException;
import org.thalweg.recording.RunReader;

/**
 * The frames of a run directory when it is opened; later ones are ignored, and damaged ones are left out, which is
 * logged. Reads each frame on demand.
 */
public final class RunFrames implements FrameSource {

    private static final Logger log = LoggerFactory.getLogger(RunFrames.class);

    private final RunReader run;
    private final List<Long> recorded;
    private final List<Long> iterations;

    private RunFrames(RunReader run, List<Long> recorded, List<Long> iterations) {
        this.run = run;
        this.recorded = recorded;
        this.iterations = iterations;
    }

    /**
     * Opens all frames of a run.
     *
     * @throws IOException when it is not a run, cannot be read, or has no frame yet or only damaged ones; the message
     *     names it
     */
    public static RunFrames open(Path path) throws IOException {
        return open(path, 0, Integer.MAX_VALUE);
    }

    /**
     * Opens the frames from {@code from} to {@code to}, counted from 0, both included; {@code to} may lie beyond the
     * last.
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
        List<Long> within = all.subList(from, Math.min(to, all.size() - 1) + 1);
        return new RunFrames(run, all, sound(run, within));
    }

    /** The readable frames: a damaged frame does not hide the others. */
    private static List<Long> sound(RunReader run, List<Long> iterations) throws IOException {
        List<Long> sound = new ArrayList<>();
        List<RunFormatException> damaged = new ArrayList<>();
        for (long iteration : iterations) {
            try {
                run.frame(iteration);
                sound.add(iteration);
            } catch (RunFormatException e) {
                damaged.add(e);
            }
        }
        if (sound.isEmpty()) {
            throw damaged.get(0);
        }
        if (!damaged.isEmpty()) {
            String others = damaged.size() == 1 ? "" : " (and " + (damaged.size() - 1) + " more frames)";
            log.warn("a frame is left out: {}{}", damaged.get(0).getMessage(), others);
        }
        return sound;
    }

    /** Number of frames of the run, including damaged ones. */
    public int recorded() {
        return recorded.size();
    }

    /**
     * The index of a frame of the run among the readable frames.
     *
     * @param index among all frames of the run
     * @throws IOException if that frame is damaged, naming its file
     */
    public int readable(int index) throws IOException {
        int readable = iterations.indexOf(recorded.get(index));
        if (readable < 0) {
            run.frame(recorded.get(index));
            throw new IOException("frame " + index + " of the run at " + run.root() + " was left out");
        }
        return readable;
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
        try {
            return MinimizerPath.of(run, iterations);
        } catch (RunFormatException e) {
            log.warn("the path of the minimizer is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
