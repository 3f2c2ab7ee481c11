package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;

/**
 * Writes a run directory, frame by frame. Every file is whole under its name or not there, and on the device when
 * {@link #frame} returns: a kill costs the frame that was being written and nothing else. A second frame at an iteration
 * replaces the first. Not thread-safe, as sinks need not be.
 *
 * @see RunDirectory
 */
public final class RunRecorder implements FrameSink {

    private final Path path;
    private final OptionalLong iteration;
    private final boolean discardsLater;

    private @Nullable Recording recording;
    /** Frames that the first one makes void, ascending. */
    private List<Long> later = List.of();

    /** What a run under way has; the description, to write it again where somebody took the directory away. */
    private record Recording(
            RunDirectory directory, RunProvenance description, Instant started, MetricsTable metrics) {}

    /** A recorder of a new run, which will make its directory when the run starts. */
    public RunRecorder(Path path) {
        this(path, OptionalLong.empty(), false);
    }

    /**
     * A recorder of a run that is new or goes on: if there is one in the directory, its frames stay.
     *
     * @param iteration completed parameter updates of the network; none of the frames may be later
     */
    public RunRecorder(Path path, long iteration) {
        this(path, OptionalLong.of(iteration), false);
    }

    private RunRecorder(Path path, OptionalLong iteration, boolean discardsLater) {
        this.path = path;
        this.iteration = iteration;
        this.discardsLater = discardsLater;
    }

    /**
     * A recorder of a run that is new or goes on from where its network was saved: frames that are later than that are
     * deleted, for training will make them again. They are only when the first frame comes, after all that might refuse
     * to start.
     *
     * @param iteration completed parameter updates of the network
     */
    public static RunRecorder rewinding(Path path, long iteration) {
        return new RunRecorder(path, OptionalLong.of(iteration), true);
    }

    /**
     * Makes the directory, and writes {@code run.json} and {@code probe.h5}; or checks that the run in it is the same
     * one, and completes what a kill has left.
     *
     * @throws IOException when the directory cannot be made or must not be used; when the run there is another one, with
     *     the first difference
     * @throws IllegalStateException when started before
     */
    @Override
    public void start(RunProvenance run) throws IOException {
        if (recording != null) {
            throw new IllegalStateException("this recorder writes to " + path + " already: use one for each run");
        }
        recording = iteration.isPresent() && RunDirectory.hasFrames(path)
                ? goOn(RunReader.open(path), run, iteration.getAsLong())
                : begin(RunDirectory.create(path), run);
    }

    private static Recording begin(RunDirectory directory, RunProvenance run) throws IOException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        RunDescription.write(directory.description(), run, started);
        if (!run.probe().isEmpty()) {
            Hdf5.write(directory.probe(), root -> {
                for (NamedArray array : run.probe()) {
                    Hdf5Arrays.putCompressed(root, array.name(), array);
                }
            });
        }
        return new Recording(directory, run.withoutProbe(), started, new MetricsTable(directory.metrics()));
    }

    private Recording goOn(RunReader run, RunProvenance now, long iteration) throws IOException {
        if (!discardsLater) {
            ResumeCheck.checkIteration(run, iteration);
        }
        ResumeCheck.check(run, now);
        RunDirectory directory = run.directory();
        directory.removeParts();
        MetricsTable metrics = MetricsTable.open(directory.metrics());
        for (long recorded : run.iterations()) {
            if (recorded <= iteration && !metrics.has(recorded)) {
                metrics.put(run.frame(recorded));
            }
        }
        later = run.iterations().stream()
                .filter(recorded -> recorded > iteration)
                .toList();
        return new Recording(directory, run.provenance(), run.started(), metrics);
    }

    /**
     * Writes the frame's weights, if it has any, then the frame, then its line in {@code metrics.csv}: what a reader
     * finds in the later ones is complete in the earlier ones. Where the directory has been taken away, it is made again
     * with what is to come, but without the probe, which is not kept in memory.
     *
     * @throws IOException naming the file that cannot be written
     * @throws IllegalStateException when not started
     */
    @Override
    public void frame(Frame frame) throws IOException {
        Recording to = recording;
        if (to == null) {
            throw new IllegalStateException("the recorder of " + path + " must be started before its first frame");
        }
        RunDirectory directory = to.directory();
        if (directory.restore()) {
            RunDescription.write(directory.description(), to.description(), to.started());
        }
        discardLater(to);
        if (!frame.weights().isEmpty()) {
            Path weights = directory.weights(frame.iteration());
            Files.createDirectories(weights.getParent());
            FrameWriter.writeWeights(weights, frame.weights());
        }
        FrameWriter.write(directory.frame(frame.iteration()), frame);
        to.metrics().put(frame);
    }

    /** From the last frame backwards, so that a kill leaves the beginning of a run. */
    private void discardLater(Recording to) throws IOException {
        if (later.isEmpty()) {
            return;
        }
        to.metrics().removeAfter(iteration.orElseThrow());
        for (int i = later.size() - 1; i >= 0; i--) {
            to.directory().remove(later.get(i));
        }
        later = List.of();
    }

    /** Does nothing: every frame is on the device already. */
    @Override
    public void close() {}
}
