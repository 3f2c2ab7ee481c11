package org.thalweg.recording.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a file under another name in the same directory, forces it to the device and renames it. Whenever the process
 * is killed, the file is the complete new one, the old one, or missing. Thread-safe.
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

    private static final String END = ".part";

    /** Two threads may write the same file; the last one wins. */
    private static final AtomicLong COUNTER = new AtomicLong();

    /** Unfinished files of this process. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    /** Writers hold the read lock; the end of the process takes the write lock and never releases it. */
    private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

    private AtomicFile() {}

    /**
     * Replaces a file.
     *
     * @throws IOException if the file cannot be written; the message names it, and no part of it is left
     */
    public static void write(Path file, Content content) throws IOException {
        Path part = part(file);
        try {
            content.writeTo(part);
            publish(part, file);
        } catch (IOException | RuntimeException e) {
            throw failure(part, file, e);
        } finally {
            discard(part);
        }
    }

    /** The error when a file cannot be written. It has the file's own name in place of the temporary one. */
    public static IOException failure(Path part, Path file, Exception e) {
        String reason = FileErrors.reason(e).replace(part.toString(), file.toString());
        return new IOException("cannot write " + file + ": " + reason, e);
    }

    /**
     * A unique temporary name, for a file that takes many calls to write; {@link #publish} gives the file its own name,
     * and {@link #discard} deletes it.
     */
    public static Path part(Path file) {
        Path part = file.resolveSibling(
                prefix(file) + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + END);
        LOCK.readLock().lock();
        try {
            OPEN.add(part);
        } finally {
            LOCK.readLock().unlock();
        }
        return part;
    }

    /**
     * Gives a complete file its name.
     *
     * @param part the closed file, with its name from {@link #part}
     */
    public static void publish(Path part, Path file) throws IOException {
        LOCK.readLock().lock();
        try {
            requirePlain(file);
            force(part, StandardOpenOption.WRITE);
            move(part, file);
            OPEN.remove(part);
            forceDirectory(file.toAbsolutePath().resolveSibling(""));
        } finally {
            LOCK.readLock().unlock();
        }
    }

    /** Deletes an unfinished file, if there is one. */
    public static void discard(Path part) {
        OPEN.remove(part);
        delete(part);
    }

    /**
     * Deletes all unfinished files of this process, which is about to end: threads that begin or finish another file
     * wait forever.
     */
    static void abandon() {
        LOCK.writeLock().lock();
        OPEN.forEach(AtomicFile::delete);
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The reason why it was not finished is the one to tell.
        }
    }

    /** A device, pipe or socket would be replaced by the file. Directories are refused when the file is moved. */
    private static void requirePlain(Path file) throws IOException {
        BasicFileAttributes known;
        try {
            known = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (known.isOther()) {
            throw new IOException("cannot write " + file + ": it is a device, a pipe or a socket: choose another file");
        }
    }

    /**
     * Deletes the unfinished files that killed processes have left next to a file.
     *
     * @throws IOException if the directory cannot be listed or a file cannot be deleted
     */
    public static void removeLeftovers(Path file) throws IOException {
        Pattern left = Pattern.compile(Pattern.quote(prefix(file)) + "(\\d{1,18})-\\d+" + Pattern.quote(END));
        try (Stream<Path> files = Files.list(file.toAbsolutePath().resolveSibling(""))) {
            for (Path part : files.toList()) {
                Matcher name = left.matcher(part.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** Whether a file is an unfinished one. */
    public static boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(END);
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
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
}
