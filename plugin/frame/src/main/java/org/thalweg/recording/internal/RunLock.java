package org.thalweg.recording.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lock for writing a run: one holder at a time across all processes. The operating system releases the lock when the
 * process ends, however it ends. The file {@code .lock} stays in the directory and names the last holder. Thread-safe.
 */
public final class RunLock implements AutoCloseable {

    /** The file in the run directory. */
    public static final String NAME = ".lock";

    /** The lock lies after the text, so the text stays readable on systems with mandatory locks. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_TEXT = 200;

    private static final Pattern HOLDER =
            Pattern.compile("process (\\d{1,10}), since (\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z)");

    /**
     * The locks of this process by file. On POSIX systems, opening and closing a locked file a second time releases its
     * lock, so a process must know its own locks.
     */
    private static final Map<Object, RunLock> HELD = new HashMap<>();

    private final Path file;
    private final Object key;
    private final FileChannel channel;
    private final String holder;

    private RunLock(Path file, Object key, FileChannel channel, String holder) {
        this.file = file;
        this.key = key;
        this.channel = channel;
        this.holder = holder;
    }

    /**
     * Locks a run.
     *
     * @param directory of the run, which exists
     * @throws IOException if it is locked, naming the directory, the process and its start time; or if the file cannot
     *     be written
     */
    public static RunLock acquire(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        synchronized (HELD) {
            @Nullable Object known = key(file);
            @Nullable RunLock own = known == null ? null : HELD.get(known);
            if (own != null) {
                throw refused(directory, "this process, " + own.holder + ": close its listener or recorder first");
            }
            return open(directory, file);
        }
    }

    private static RunLock open(Path directory, Path file) throws IOException {
        // A link would let the creator of the directory have another file overwritten.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("output directory " + directory + " cannot be locked: " + file
                    + " is not a plain file: remove it or choose another directory");
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (ClosedByInterruptException e) {
            throw interrupted(directory, e);
        } catch (IOException e) {
            throw new IOException(
                    "output directory " + directory + " cannot be locked: " + FileErrors.reason(e)
                            + ": choose another one or change its permissions",
                    e);
        }
        try {
            @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                String text = read(channel);
                throw refused(directory, (text.isEmpty() ? "another process" : text) + ": stop it first");
            }
            String holder = "process " + ProcessHandle.current().pid() + ", since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            RunLock held = new RunLock(file, Objects.requireNonNullElse(key(file), file), channel, holder);
            HELD.put(held.key, held);
            return held;
        } catch (OverlappingFileLockException e) {
            // The lock belongs to another class loader; the channel stays open, since closing it would release that
            // lock.
            throw refused(directory, "this process: close its listener or recorder first");
        } catch (ClosedByInterruptException e) {
            throw interrupted(directory, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException interrupted(Path directory, ClosedByInterruptException cause) {
        return new IOException("output directory " + directory + " cannot be locked: the thread is interrupted", cause);
    }

    private static IOException refused(Path directory, String by) {
        return new IOException(
                "output directory " + directory + " is being written by " + by + ", or choose another directory");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                .replaceAll("[^\\p{Alnum} ,:.-]", "");
    }

    /**
     * Whether the process that the lock names last is still running on this machine. The lock itself is not tried,
     * since a process that starts at that moment would be refused.
     *
     * @param directory of the run
     */
    public static boolean isHolderRunning(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        synchronized (HELD) {
            @Nullable Object known = key(file);
            if (known == null || HELD.containsKey(known)) {
                return known != null;
            }
        }
        // The run may be a stranger's: a pipe would be waited for, and a link lead anywhere.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return isRunning(new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        }
    }

    private static boolean isRunning(String text) {
        Matcher holder = HOLDER.matcher(text);
        if (!holder.matches()) {
            return false;
        }
        try {
            long number = Long.parseLong(holder.group(1));
            Instant since = Instant.parse(holder.group(2)).plusSeconds(1);
            // A number is used again, but by a process that starts later. Locks of this process are known by now.
            return ProcessHandle.of(number)
                    .filter(process -> number != ProcessHandle.current().pid())
                    .flatMap(process -> process.info().startInstant())
                    .filter(start -> !start.isAfter(since))
                    .isPresent();
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }

    /** The identity of a file, whatever its path; null if it does not exist. */
    private static @Nullable Object key(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        @Nullable
        Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        // Windows has no file keys.
        return key != null ? key : file.toRealPath();
    }

    /** Whether the locked file is still the one in the directory, which may have been removed. */
    public boolean isInPlace() throws IOException {
        return key.equals(key(file));
    }

    /** Releases the lock. A second call has no effect. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (channel.isOpen()) {
                HELD.remove(key, this);
                channel.close();
            }
        }
    }
}
