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

/**
 * Reads a run directory, also while it is being written: what is listed is complete. The file of a surface study
 * ({@link StudyFile}) is read as a run of one frame. Needs no ND4J. Thread-safe; nothing but the description is cached.
 *
 * <p>All methods throw {@link RunFormatException} for a file that is damaged or of a format version that this Thalweg
 * does not know, and {@link IOException} for one that is missing or cannot be read; both name the file.
 */
public final class RunReader {

    private final RunFiles files;
    private final RunDescription description;

    private RunReader(RunFiles files, RunDescription description) {
        this.files = files;
        this.description = description;
    }

    /** Opens a run by its directory, or a study by its file. */
    public static RunReader open(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            SurfaceStudy study = StudyFile.readSurface(path);
            Instant written = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.SECONDS);
            return new RunReader(
                    new LoneFrame(path, study.frame().iteration()), new RunDescription(study.provenance(), written));
        }
        RunDirectory directory = RunDirectory.open(path);
        return new RunReader(directory, RunDescription.read(directory.description()));
    }

    /** What was opened: a directory, or a file. */
    public Path root() {
        return files.root();
    }

    /**
     * Where the files lie.
     *
     * @throws IllegalStateException if it is one file
     */
    public RunDirectory directory() {
        if (files instanceof RunDirectory directory) {
            return directory;
        }
        throw new IllegalStateException(root() + " is a file, not the directory of a run");
    }

    /**
     * What was trained and looked at, and how. Numbers among the options are longs or doubles. Without the probe's
     * arrays, which {@link #probe()} reads.
     */
    public RunProvenance provenance() {
        return description.provenance();
    }

    /** When the run began, or the study was written last, to the second. */
    public Instant started() {
        return description.started();
    }

    /** Iterations that have a frame now, ascending; more may come while the run goes on. */
    public List<Long> iterations() throws IOException {
        return files.iterations();
    }

    /** The frame at an iteration, without directions and weights. */
    public Frame frame(long iteration) throws IOException {
        return FrameReader.read(files.frame(iteration));
    }

    /** The directions of a frame, {@code delta/0_W}, ...; empty when they were not recorded. */
    public List<NamedArray> directions(long iteration) throws IOException {
        return FrameReader.directions(files.frame(iteration));
    }

    /** The network's parameters at a frame by key; empty when they were not recorded. */
    public List<NamedArray> weights(long iteration) throws IOException {
        return arrays(files.weights(iteration));
    }

    /** The probe's arrays, {@code features}, {@code labels}, ...; empty when there are none. */
    public List<NamedArray> probe() throws IOException {
        return arrays(files.probe());
    }

    private static List<NamedArray> arrays(Path file) throws IOException {
        return Files.exists(file) ? ArrayFile.read(file) : List.of();
    }
}
