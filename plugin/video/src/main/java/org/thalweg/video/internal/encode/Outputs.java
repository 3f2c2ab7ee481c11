package org.thalweg.video.internal.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where pictures and films are written to. */
final class Outputs {

    private Outputs() {}

    /**
     * Checks that a path can be written before work is spent on it.
     *
     * @throws IOException naming the path
     */
    static void check(Path path, boolean directory) throws IOException {
        Path folder = directory ? path : parent(path);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("cannot write " + path + ": the directory " + folder + " cannot be made", e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("cannot write " + path + ": no permission for the directory " + folder);
        }
        if (!directory && Files.isDirectory(path)) {
            throw new IOException("cannot write " + path + ": it is a directory");
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
