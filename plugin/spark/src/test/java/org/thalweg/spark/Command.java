package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own. Closing kills it and its descendants if they are still running. */
final class Command implements AutoCloseable {

    private static final int MINUTES = 10;

    private final List<String> line;
    private final Process process;
    private final Path said;

    private Command(List<String> line, Process process, Path said) {
        this.line = line;
        this.process = process;
        this.said = said;
    }

    /**
     * Starts one.
     *
     * @param directory where it works
     * @param environment variables in addition to this process's own
     */
    static Command start(Path directory, Map<String, String> environment, List<String> line) {
        try {
            Path said = Files.createTempFile("command", ".out");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            return new Command(line, builder.start(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status, once it has ended by itself. */
    int await() {
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("it ends within %d minutes: %s", MINUTES, this)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + line, e);
        }
    }

    /** What it has printed so far, on both outputs. */
    String said() {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", line) + ", which said:\n" + said();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            Files.delete(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
