package org.thalweg.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file beside its place, forces it to the device and renames it, so that under its name there is the whole
 * file, the one before, or none, whatever kills the process.
 */
final class AtomicFile {

    /** Matches the names of files that are not finished. */
    static final String PARTS = ".*.part";

    /** Writes a file from nothing. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Replaces a file.
     *
     * @throws IOException naming the file, when it cannot be written; nothing of the attempt is left
     */
    static void write(Path file, Content content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            // An HDF5 writer does not cut off what a longer file before it has left.
            Files.deleteIfExists(part);
            content.writeTo(part);
            force(part, StandardOpenOption.WRITE);
            move(part, file);
        } catch (IOException | RuntimeException e) {
            deleteQuietly(part, e);
            throw new IOException("cannot write " + file + ": " + reason(e), e);
        }
        forceDirectory(file.toAbsolutePath().resolveSibling(""));
    }

    /** What went wrong, where many exceptions of the file system have a path for a message and no more. */
    static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null || cause instanceof FileSystemException
                ? cause.toString()
                : cause.getMessage();
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** Makes the rename itself durable, where the system opens directories at all. */
    private static void forceDirectory(Path directory) {
        try {
            force(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows has no such thing and does not need it.
        }
    }

    private static void deleteQuietly(Path part, Exception cause) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
