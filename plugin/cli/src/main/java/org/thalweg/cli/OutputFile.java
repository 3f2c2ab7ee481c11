package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.thalweg.recording.internal.AtomicFile;

/** Checks the output file of a command. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Creates its directory and checks that it can be written, so that a wrong name does not cost hours of work.
     *
     * @throws IOException if it cannot be written; the message names it
     */
    static void makeRoom(Path output) throws IOException {
        if (Files.isDirectory(output)) {
            throw new IOException("output " + output + " is a directory: give the name of a file, such as out.h5");
        }
        @Nullable Path directory = output.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new IOException("output " + output + " cannot be written: " + directory + " is not writable");
            }
            AtomicFile.removeLeftovers(output);
        }
    }
}
