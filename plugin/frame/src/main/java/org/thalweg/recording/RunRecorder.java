package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.recording.internal.RunLock;

/**
 * Writes a run directory, frame by frame. Every file is complete or absent, and is on the device when {@link #frame}
 * returns: a kill loses at most the frame that is being written. A second frame at an iteration replaces the first. The
 * recorder locks the directory from {@link #start} to {@link #close}: no other recorder, in this process or another,
 * can write to it. Not thread-safe, as sinks need not be.
 *
 * @see RunDirectory
 * @since 0.2.0
 */
public final class RunRecorder implements FrameSink {

    private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);

    private final Path path;
    private final OptionalLong iteration;
    private final boolean discardsLater;

    private @Nullable OpenRun open;
    private @Nullable RunLock lock;
    /** Iterations of the frames that the first new frame replaces, ascending. */
    private List<Long> later = List.of();

    /** A run that is being written; the description is written again if the directory is removed. */
    private record OpenRun(RunDirectory directory, RunProvenance description, Instant started, MetricsTable metrics) {}

    /** A recorder of a new run; {@link #start} creates its directory. */
    public RunRecorder(Path path) {
        this(path, OptionalLong.empty(), false);
    }

    /**
     * A recorder of a new run or of one that continues: the frames in the directory are kept.
     *
     * @param iteration completed parameter updates of the network; no frame may be later
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
     * A recorder of a new run or of one that continues from a saved network: later frames are deleted, since training
     * computes them again. They are deleted with the first new frame, after everything that may refuse to start.
     *
     * @param iteration completed parameter updates of the network
     */
    public static RunRecorder rewinding(Path path, long iteration) {
        return new RunRecorder(path, OptionalLong.of(iteration), true);
    }

    /**
     * Creates the directory and writes {@code run.json} and {@code probe.h5}; or checks that the directory holds the
     * same run, and removes or repairs files that a killed process has left.
     *
     * @throws IOException if the directory cannot be created or used, is being written by another recorder, or holds a
     *     different run; the message names the process or the first difference
     * @throws IllegalStateException if started before
     */
    @Override
    public void start(RunProvenance run) throws IOException {
        if (open != null) {
            throw new IllegalStateException("this recorder already writes to " + path + ": use one recorder per run");
        }
        boolean resumes = iteration.isPresent() && RunDirectory.hasFrames(path);
        RunDirectory directory = resumes ? RunDirectory.open(path) : RunDirectory.create(path);
        RunLock locked = RunLock.acquire(path);
        try {
            directory.removeParts();
            open = resumes ? resume(RunReader.open(path), run, iteration.getAsLong()) : begin(directory, run);
            lock = locked;
        } finally {
            if (lock == null) {
                locked.close();
            }
        }
    }

    /**
     * Checks, before any work is done and without writing anything, that the directory can be used. {@link #start}
     * checks whether it holds the same run.
     *
     * @throws IOException if the directory must not be used, or its run is later than the network; the message says why
     */
    public void check() throws IOException {
        if (iteration.isEmpty() || !RunDirectory.hasFrames(path)) {
            RunDirectory.checkFree(path);
        } else if (!discardsLater) {
            ResumeCheck.checkIteration(RunReader.open(path), iteration.getAsLong());
        }
    }

    private static OpenRun begin(RunDirectory directory, RunProvenance run) throws IOException {
        // Another process may have recorded a run since the directory was created.
        RunDirectory.checkFree(directory.root());
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        RunDescription.write(directory.description(), run, started);
        if (!run.probe().isEmpty()) {
            Hdf5.write(directory.probe(), root -> {
                for (NamedArray array : run.probe()) {
                    Hdf5Arrays.putCompressed(root, array.name(), array);
                }
            });
        }
        return new OpenRun(directory, run.withoutProbe(), started, new MetricsTable(directory.metrics()));
    }

    private OpenRun resume(RunReader run, RunProvenance now, long iteration) throws IOException {
        if (!discardsLater) {
            ResumeCheck.checkIteration(run, iteration);
        }
        ResumeCheck.check(run, now);
        if (run.provenance().settings().isEmpty() && !now.settings().isEmpty()) {
            log.warn(
                    "the run in {} was recorded before Thalweg 0.2.0, which did not record every option (seeds of"
                            + " estimators and dropout masks, basis sizes, the data of a plane): those are not compared",
                    path);
        }
        RunDirectory directory = run.directory();
        MetricsTable metrics = MetricsTable.open(directory.metrics());
        Set<Long> rows = metrics.iterations();
        for (long recorded : run.iterations()) {
            if (recorded <= iteration && !rows.contains(recorded)) {
                metrics.put(run.frame(recorded));
            }
        }
        later = run.iterations().stream()
                .filter(recorded -> recorded > iteration)
                .toList();
        return new OpenRun(directory, run.provenance(), run.started(), metrics);
    }

    /**
     * Writes the frame's weights, if it has any, then the frame, then its line in {@code metrics.csv}: a reader that
     * finds one of them finds those before it. If the directory has been removed, it is created again for this and
     * later frames, but without the probe, which is not kept in memory.
     *
     * @throws IOException if a file cannot be written; the message names it
     * @throws IllegalStateException if not started
     */
    @Override
    public void frame(Frame frame) throws IOException {
        OpenRun to = open;
        if (to == null) {
            throw new IllegalStateException("the recorder of " + path + " must be started before its first frame");
        }
        RunDirectory directory = to.directory();
        boolean undescribed = directory.restore();
        keepLocked();
        if (undescribed) {
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

    /** Deletes backwards from the last frame, so that a kill leaves the beginning of a run. */
    private void discardLater(OpenRun to) throws IOException {
        if (later.isEmpty()) {
            return;
        }
        to.metrics().removeAfter(iteration.orElseThrow());
        for (int i = later.size() - 1; i >= 0; i--) {
            to.directory().remove(later.get(i));
        }
        later = List.of();
    }

    /** Locks the directory again if it was removed and created again. */
    private void keepLocked() throws IOException {
        if (lock == null || !lock.isInPlace()) {
            close();
            lock = RunLock.acquire(path);
        }
    }

    /** Unlocks the directory. Every frame is already on the device. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
