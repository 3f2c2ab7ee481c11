package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A master and workers that the module's script has started; stopped on closing, and by the script itself after a while. */
final class StandaloneCluster implements AutoCloseable {

    private static final Path SCRIPT = Path.of("cluster").toAbsolutePath();

    private static final int LIMIT = 300;

    private final Path directory;
    private final String master;

    private StandaloneCluster(Path directory, String master) {
        this.directory = directory;
        this.master = master;
    }

    /** Starts one of workers with a core each. */
    static StandaloneCluster start(Path directory, int workers) {
        String said = run(
                "start",
                directory,
                "--class-path",
                System.getProperty("java.class.path"),
                "--workers",
                Integer.toString(workers),
                "--memory",
                "4g",
                "--limit",
                Integer.toString(LIMIT));
        return new StandaloneCluster(directory, said.lines().reduce("", (first, last) -> last));
    }

    String master() {
        return master;
    }

    /** Adds a worker whose executors lack a library. */
    void addWorkerWithout(String library) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(library))
                .collect(Collectors.joining(File.pathSeparator));
        run("worker", directory, "--class-path", classPath, "--memory", "1g", "--limit", Integer.toString(LIMIT));
    }

    /** Kills a daemon as nothing can be caught: SIGKILL. */
    void kill(String daemon) {
        try {
            long pid = Long.parseLong(
                    Files.readString(directory.resolve(daemon + ".pid")).strip());
            // The group's leader only watches the time.
            ProcessHandle.of(pid).orElseThrow().children().forEach(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run("stop", directory);
    }

    private static String run(String command, Path directory, String... arguments) {
        try {
            List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), command, directory.toString()));
            line.addAll(List.of(arguments));
            Path said = Files.createTempFile("cluster", ".out");
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            String text = Files.readString(said);
            Files.delete(said);
            assertThat(ended && process.exitValue() == 0)
                    .as("cluster %s said:%n%s", command, text)
                    .isTrue();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the cluster", e);
        }
    }
}
