package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.recording.internal.RunLock;

/**
 * Reads a run directory, even while it is being written: every listed frame is complete. The file of a surface study
 * ({@link StudyFile}) is read as a run of one frame. Needs no ND4J. Thread-safe; only the description is cached.
 *
 * <p>All methods throw {@link RunFormatException} if a file is damaged or has a format version that this Thalweg does
 * not know, and {@link IOException} if a file is missing or cannot be read; both name the file.
 *
 * @since 0.2.0
 */
public final class RunReader {

    private final RunFiles files;
    private final RunDescription description;
    private final Guard guard;

    /** Checks each file before it is read. */
    @FunctionalInterface
    private interface Guard {
        /** The file, if reading it is allowed. */
        Path pass(Path file) throws IOException;
    }

    private RunReader(RunFiles files, RunDescription description, Guard guard) {
        this.files = files;
        this.description = description;
        this.guard = guard;
    }

    /** Opens the directory of a run or the file of a study. */
    public static RunReader open(Path path) throws IOException {
        return open(path, file -> file);
    }

    /**
     * Opens a run like {@link #open}, but reads only files that lie in a folder after symbolic links are resolved.
     * Other files count as damaged. For programs that show runs to people other than the files' owner.
     *
     * @param folder that holds the run, or the run itself; may be a link
     */
    public static RunReader openWithin(Path path, Path folder) throws IOException {
        return open(path, Confinement.to(folder)::require);
    }

    private static RunReader open(Path path, Guard guard) throws IOException {
        if (Files.isRegularFile(path)) {
            SurfaceStudy study = StudyFile.readSurface(guard.pass(path));
            Instant written = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.SECONDS);
            return new RunReader(
                    new SingleFrameRun(path, study.frame().iteration()),
                    new RunDescription(study.provenance(), written),
                    guard);
        }
        RunDirectory directory = RunDirectory.open(path);
        guard.pass(directory.frames());
        return new RunReader(directory, RunDescription.read(guard.pass(directory.description())), guard);
    }

    /** The opened directory or file. */
    public Path root() {
        return files.root();
    }

    /**
     * The directory of the run.
     *
     * @throws IllegalStateException if a file was opened
     */
    public RunDirectory directory() {
        if (files instanceof RunDirectory directory) {
            return directory;
        }
        throw new IllegalStateException(root() + " is a file, not the directory of a run");
    }

    /**
     * The provenance, without the probe's arrays, which {@link #probe()} reads. Numbers among the options are longs or
     * doubles.
     */
    public RunProvenance provenance() {
        return description.provenance();
    }

    /** When the run began or the study was last written, to the second. */
    public Instant started() {
        return description.started();
    }

    /** Iterations that have a frame, ascending; more may follow while the run continues. */
    public List<Long> iterations() throws IOException {
        guard.pass(files.frames());
        return files.iterations();
    }

    /** The frame at an iteration, without directions and weights. */
    public Frame frame(long iteration) throws IOException {
        Path file = guard.pass(files.frame(iteration));
        Frame frame = FrameReader.read(file);
        if (frame.iteration() != iteration) {
            throw new RunFormatException(
                    file + " is damaged or renamed: it holds the frame of iteration " + frame.iteration());
        }
        return frame;
    }

    /** When the frame at an iteration was written: that of its file, so a copy of a run may say something else. */
    public Instant written(long iteration) throws IOException {
        return Files.getLastModifiedTime(guard.pass(files.frame(iteration))).toInstant();
    }

    /** Whether a process on this machine is writing the run. */
    public boolean isBeingWritten() throws IOException {
        return files instanceof RunDirectory && RunLock.isHolderRunning(root());
    }

    /** The directions of a frame, {@code delta/0_W}, ...; empty if they were not recorded. */
    public List<NamedArray> directions(long iteration) throws IOException {
        return FrameReader.directions(guard.pass(files.frame(iteration)));
    }

    /** The network's parameters at a frame by key; empty if they were not recorded. */
    public List<NamedArray> weights(long iteration) throws IOException {
        return arrays(files.weights(iteration));
    }

    /** The probe's arrays, {@code features}, {@code labels}, ...; empty if there are none. */
    public List<NamedArray> probe() throws IOException {
        return arrays(files.probe());
    }

    private List<NamedArray> arrays(Path file) throws IOException {
        return Files.exists(file) ? ArrayFile.read(guard.pass(file)) : List.of();
    }
}
