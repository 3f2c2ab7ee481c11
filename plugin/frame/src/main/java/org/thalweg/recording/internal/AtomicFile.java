package org.thalweg.recording.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file under another name in the same directory, forces it to the device and renames it. Under its own name there
 * is the new file, the old one or none, whatever kills the process. Thread-safe.
 */
public final class AtomicFile {

    /** Matches the names of unfinished files. */
    public static final String PARTS = ".*.part";

    /** Writes a whole file. */
    @FunctionalInterface
    public interface Content {
        /** Writes to a file that does not exist yet. */
        void writeTo(Path file) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Replaces a file.
     *
     * @throws IOException if the file cannot be written; the message names it, and no part of it is left
     */
    public static void write(Path file, Content content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            // An HDF5 writer does not truncate a longer file that is already there.
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

    /** What went wrong, in words: the message of many file system exceptions is a path and nothing else. */
    public static String reason(Throwable e) {
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

    /** Makes the rename itself durable, on systems that can open a directory. */
    private static void forceDirectory(Path directory) {
        try {
            force(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows cannot open a directory, and does not need this.
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
