package org.thalweg.recording.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that results can be written before hours of work are spent on them. */
public final class OutputPath {

    private OutputPath() {}

    /**
     * Creates a file's directory, checks that the file can be written there and deletes unfinished versions of it that
     * a killed process has left.
     *
     * @throws IOException if it cannot be written; the message names it
     */
    public static void prepareFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot write " + file + ": it is a directory, give the name of a file");
        }
        createWritable(file.toAbsolutePath().resolveSibling(""), file);
        AtomicFile.removeLeftovers(file);
    }

    /**
     * Creates a directory and checks that files can be written in it.
     *
     * @throws IOException if not; the message names it
     */
    public static void prepareDirectory(Path directory) throws IOException {
        createWritable(directory, directory);
    }

    private static void createWritable(Path directory, Path output) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write " + output + ": the directory " + directory + " cannot be created: "
                            + FileErrors.reason(e),
                    e);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot write " + output + ": no permission for the directory " + directory);
        }
    }
}
