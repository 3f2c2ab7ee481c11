package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file that a command computes for. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Makes its directory and sees that it can be written, so that hours of work are not lost to a wrong name.
     *
     * @throws IOException if it cannot be written; the message names it
     */
    static void makeRoom(Path output) throws IOException {
        if (Files.isDirectory(output)) {
            throw new IOException("output " + output + " is a directory: give the name of a file, out.h5 say");
        }
        @Nullable Path directory = output.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new IOException("output " + output + " cannot be written: " + directory + " is not writable");
            }
        }
    }
}
