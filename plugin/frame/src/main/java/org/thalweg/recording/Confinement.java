package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A folder that files must lie in after symbolic links are resolved, so that a link that a stranger put there cannot
 * make others read or publish files from elsewhere.
 *
 * @param folder as the user gave it; may be a link itself
 * @param real its path without links
 */
record Confinement(Path folder, Path real) {

    /**
     * @throws IOException if there is no such folder; the message names it
     */
    static Confinement to(Path folder) throws IOException {
        try {
            return new Confinement(folder, folder.toRealPath());
        } catch (NoSuchFileException e) {
            throw new IOException("no run at " + folder + ": there is no such file or directory", e);
        }
    }

    /** Whether a file or directory that exists lies in the folder. */
    boolean holds(Path file) throws IOException {
        return file.toRealPath().startsWith(real);
    }

    /**
     * Accepts only files in the folder, and files that do not exist.
     *
     * @return the file
     * @throws RunFormatException if it lies elsewhere, naming the link and the folder
     */
    Path require(Path file) throws IOException {
        if (Files.exists(file) && !holds(file)) {
            throw new RunFormatException(
                    file + " leads out of " + folder + " through a symbolic link: put the files themselves there");
        }
        return file;
    }
}
