package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.recording.internal.RunLock;

/**
 * The layout of a run directory:
 *
 * <pre>
 * run.json                 what was trained and evaluated, and how
 * probe.h5                 the fixed sample, one dataset per array
 * frames/000000120.h5      one file per frame, named by iteration
 * weights/000000120.h5     the network's parameters at that frame, when requested
 * metrics.csv              one line per frame
 * .lock                    the process that writes the run
 * </pre>
 *
 * Other files in the directory, such as a saved model, are not touched. Immutable and thread-safe; nothing is cached.
 *
 * @since 0.2.0
 */
public final class RunDirectory implements RunFiles {

    private static final Pattern FRAME_FILE = Pattern.compile("(\\d{9,18})\\.h5");

    private final Path root;

    private RunDirectory(Path root) throws IOException {
        if (root.toString().isEmpty()) {
            throw new IOException("the path of a run must not be empty: the working directory itself is '.'");
        }
        if (root.getFileSystem() != FileSystems.getDefault()) {
            throw new IOException("the directory of a run must lie on this machine's own file system, got "
                    + root.toUri() + ": HDF5 files cannot be within archives");
        }
        this.root = root;
    }

    /**
     * Creates a directory for a new run. The directory may be missing, empty, or hold a run that ended before its first
     * frame.
     *
     * @throws IOException if the path is a file, cannot be written, or already holds a run or something else; the
     *     message names the path and what to do
     */
    public static RunDirectory create(Path path) throws IOException {
        RunDirectory directory = new RunDirectory(path);
        checkFree(path);
        directory.restore();
        return directory;
    }

    /**
     * Whether a path is the directory of a run that has frames.
     *
     * @throws IOException if it cannot be listed
     */
    public static boolean hasFrames(Path path) throws IOException {
        RunDirectory directory = new RunDirectory(path);
        return Files.isRegularFile(directory.description())
                && !directory.iterations().isEmpty();
    }

    /** Deletes the unfinished files that a killed process has left. */
    void removeParts() throws IOException {
        for (Path place : List.of(root, frames(), root.resolve("weights"))) {
            if (Files.isDirectory(place)) {
                try (DirectoryStream<Path> parts = Files.newDirectoryStream(place, AtomicFile.PARTS)) {
                    for (Path part : parts) {
                        Files.delete(part);
                    }
                }
            }
        }
    }

    /** Deletes the frame at an iteration and its weights; the frame first, since a listed frame must be complete. */
    void remove(long iteration) throws IOException {
        Files.deleteIfExists(frame(iteration));
        Files.deleteIfExists(weights(iteration));
    }

    /**
     * Creates the directories that are missing.
     *
     * @return whether the description is missing
     * @throws IOException if they cannot be created; the message names the path and what to do
     */
    boolean restore() throws IOException {
        try {
            Files.createDirectories(frames());
        } catch (IOException e) {
            throw new IOException(
                    "output directory " + root + " cannot be written (" + FileErrors.reason(e)
                            + "): choose another one or change its permissions",
                    e);
        }
        return Files.notExists(description());
    }

    /**
     * Opens the directory of a run, finished or not.
     *
     * @throws IOException if there is none; the message names the path
     */
    public static RunDirectory open(Path path) throws IOException {
        RunDirectory directory = new RunDirectory(path);
        if (!Files.exists(path)) {
            throw new IOException("no run at " + path + ": there is no such directory");
        }
        if (!Files.isRegularFile(directory.description())) {
            throw new IOException("no run at " + path + ": it has no run.json");
        }
        return directory;
    }

    /**
     * Checks that a run can be created here, before any work is done and without writing anything.
     *
     * @throws IOException as {@link #create} does
     */
    public static void checkFree(Path path) throws IOException {
        RunDirectory directory = new RunDirectory(path);
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IOException("output directory " + path + " is a file: choose a new or an empty directory");
        }
        checkWritable(path);
        if (Files.exists(path)) {
            directory.checkHoldsNoFrames();
        }
    }

    private void checkHoldsNoFrames() throws IOException {
        if (!Files.exists(description())) {
            try (Stream<Path> entries = Files.list(root)) {
                if (entries.anyMatch(entry -> !isLeftByAKill(entry))) {
                    throw new IOException("output directory " + root
                            + " holds something that is not a run: choose a new or an empty directory");
                }
            }
            return;
        }
        List<Long> frames = iterations();
        if (!frames.isEmpty()) {
            throw new IOException(holdsRun(root, frames) + ": choose another directory, or remove the run first");
        }
    }

    /** The files that a process leaves if it is killed before it describes its run. */
    private static boolean isLeftByAKill(Path entry) {
        String name = entry.getFileName().toString();
        @Nullable String[] files = entry.toFile().list();
        return name.equals(RunLock.NAME)
                || AtomicFile.isPart(entry)
                || (name.equals("frames") && files != null && files.length == 0);
    }

    static String holdsRun(Path path, List<Long> frames) {
        return "output directory " + path + " already holds a run with " + frames.size()
                + (frames.size() == 1 ? " frame" : " frames");
    }

    private static void checkWritable(Path path) throws IOException {
        Path existing = path.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IOException("output directory " + path + " cannot be written: " + existing
                    + " is not a writable directory, choose another one");
        }
    }

    /** The directory itself. */
    @Override
    public Path root() {
        return root;
    }

    /** {@code run.json}. */
    public Path description() {
        return root.resolve("run.json");
    }

    /** {@code probe.h5}. */
    @Override
    public Path probe() {
        return root.resolve("probe.h5");
    }

    /** {@code metrics.csv}. */
    public Path metrics() {
        return root.resolve("metrics.csv");
    }

    /** The file of the frame at an iteration, whether it exists or not. */
    @Override
    public Path frame(long iteration) {
        return frames().resolve(fileName(iteration));
    }

    /** The file of the parameters at an iteration, whether it exists or not. */
    @Override
    public Path weights(long iteration) {
        return root.resolve("weights").resolve(fileName(iteration));
    }

    /**
     * Iterations that have a frame now, ascending.
     *
     * @throws IOException if the directory cannot be listed
     */
    @Override
    public List<Long> iterations() throws IOException {
        if (!Files.isDirectory(frames())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(frames())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> FRAME_FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Long.valueOf(matcher.group(1)))
                    .sorted()
                    .toList();
        }
    }

    /** {@code frames}. */
    @Override
    public Path frames() {
        return root.resolve("frames");
    }

    private static String fileName(long iteration) {
        return String.format(Locale.ROOT, "%09d.h5", iteration);
    }
}
