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
import java.util.Map;
import java.util.stream.Collectors;

/** A master and workers started by the module's script; stopped on closing, and by the script itself after a while. */
final class StandaloneCluster implements AutoCloseable {

    private static final Path SCRIPT = Path.of("cluster").toAbsolutePath();

    private static final String LIMIT = "1800";

    private final Path directory;
    private final String master;

    private StandaloneCluster(Path directory, String master) {
        this.directory = directory;
        this.master = master;
    }

    /**
     * Starts a cluster of workers with one core each.
     *
     * @param directory must exist
     */
    static StandaloneCluster start(Path directory, int workers) {
        return start(directory, workers, "--class-path", System.getProperty("java.class.path"));
    }

    /** Starts a cluster whose workers have Spark alone; applications bring the rest. */
    static StandaloneCluster startWithSparkAlone(Path directory, int workers) {
        return start(directory, workers, new String[0]);
    }

    private static StandaloneCluster start(Path directory, int workers, String... classPath) {
        List<String> arguments = new ArrayList<>(List.of(classPath));
        arguments.addAll(List.of("--workers", Integer.toString(workers), "--memory", "4g", "--limit", LIMIT));
        String said = run("start", directory, arguments.toArray(String[]::new));
        return new StandaloneCluster(directory, said.lines().reduce("", (first, last) -> last));
    }

    String master() {
        return master;
    }

    /** Adds a worker whose executors lack one library. */
    void addWorkerWithout(String library) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(library))
                .collect(Collectors.joining(File.pathSeparator));
        run("worker", directory, "--class-path", classPath, "--memory", "1g", "--limit", LIMIT);
    }

    /** Kills a daemon by SIGKILL, which it cannot catch. */
    void kill(String daemon) {
        try {
            long pid = Long.parseLong(
                    Files.readString(directory.resolve(daemon + ".pid")).strip());
            // The group's leader only watches the timeout.
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
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), command, directory.toString()));
        line.addAll(List.of(arguments));
        try (Command script = Command.start(directory, Map.of(), line)) {
            assertThat(script.await()).as(script::toString).isZero();
            return script.said();
        }
    }
}
