package org.thalweg.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A separate JVM with the tests' classes, for what the testing JVM must not do to itself. Closing kills it. */
public final class ChildJvm implements AutoCloseable {

    private static final int MORE_THAN_ENOUGH_LINES = 100_000;

    /** It ends before the optimizing compiler and a parallel collector pay for themselves. */
    private static final List<String> STARTUP = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder read = new StringBuilder();

    /**
     * Starts one.
     *
     * @param main its class
     * @param arguments after the class
     */
    public ChildJvm(Class<?> main, Object... arguments) throws IOException {
        this(List.of(), System.getProperty("java.class.path"), List.of(), Map.of(), main, arguments);
    }

    private ChildJvm(
            List<String> starter,
            String classPath,
            List<String> options,
            Map<String, String> environment,
            Class<?> main,
            Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(STARTUP);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one that lacks a library.
     *
     * @param library a part of the names of its jars
     */
    public static ChildJvm without(String library, Class<?> main, Object... arguments) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(library))
                .collect(Collectors.joining(File.pathSeparator));
        return new ChildJvm(List.of(), classPath, List.of(), Map.of(), main, arguments);
    }

    /**
     * Starts one that has a small disk of its own, which others reach by {@link #seen}.
     *
     * @param mount an empty directory, where the disk is
     * @param size of the disk, as {@code mount} takes it: 8m
     */
    public static ChildJvm withDisk(Path mount, String size, Class<?> main, Object... arguments) throws IOException {
        List<String> starter = new ArrayList<>(Peers.inOwnMounts());
        starter.addAll(List.of(
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"",
                mount.toAbsolutePath().toString()));
        return new ChildJvm(starter, System.getProperty("java.class.path"), List.of(), Map.of(), main, arguments);
    }

    /**
     *      * Starts one whose resident memory shows what is in use off the heap: all of the heap is resident from the start, and
     * glibc gives blocks back when they are freed.
     *      */
    public static ChildJvm withMeasurableMemory(Class<?> main, Object... arguments) throws IOException {
        return new ChildJvm(
                List.of(),
                System.getProperty("java.class.path"),
                List.of("-Xms512m", "-XX:+AlwaysPreTouch"),
                Map.of("MALLOC_MMAP_THRESHOLD_", "262144", "MALLOC_ARENA_MAX", "1"),
                main,
                arguments);
    }

    /**
     * Starts one in another part of the world.
     *
     * @param options of the JVM: its language, country, encoding
     * @param environment further variables: {@code LC_ALL}
     */
    public static ChildJvm inLocale(
            List<String> options, Map<String, String> environment, Class<?> main, Object... arguments)
            throws IOException {
        return new ChildJvm(List.of(), System.getProperty("java.class.path"), options, environment, main, arguments);
    }

    /** Its process number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** A file as it sees it, for as long as it lives. */
    public Path seen(Path file) {
        return Path.of("/proc", Long.toString(pid()), "root" + file.toAbsolutePath());
    }

    /**
     * Reads on until a line with some text comes.
     *
     * @return the line
     * @throws AssertionError with what was printed, when it ends before
     */
    public String awaitLine(String text) throws IOException {
        for (int i = 0; i < MORE_THAN_ENOUGH_LINES; i++) {
            @Nullable String line = output.readLine();
            if (line == null) {
                throw new AssertionError("it ended without a line with '" + text + "'; it printed:\n" + read);
            }
            read.append(line).append('\n');
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("no line with '" + text + "' came; it printed:\n" + read);
    }

    /**
     * Reads what else it prints and waits until it has ended by itself.
     *
     * @return its exit status
     * @throws AssertionError with what was printed, when it does not end within a minute of its last line
     */
    public int awaitEnd() throws IOException, InterruptedException {
        for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
            read.append(line).append('\n');
        }
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("it does not end; it printed:\n" + read);
        }
        return process.exitValue();
    }

    /** All that was read so far. */
    public String read() {
        return read.toString();
    }

    /** Kills it with SIGKILL, which cannot be caught. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
