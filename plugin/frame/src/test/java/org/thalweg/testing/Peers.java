package org.thalweg.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Other programs that check our output. If one is not installed, the test that needs it is skipped, unless the system
 * property or environment variable {@code THALWEG_REQUIRE_PEERS} is {@code true}: then it fails.
 */
public final class Peers {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Map<List<String>, Optional<Path>> PYTHONS = new ConcurrentHashMap<>();

    private Peers() {}

    /**
     * Runs a Python script of the test resources.
     *
     * @param resource absolute name, {@code /org/thalweg/recording/check.py}
     * @param modules what it imports besides the standard library
     * @return what it printed; a script that fails fails the test, with what it printed
     */
    public static String python(String resource, List<String> modules, Object... arguments) {
        return python(List.of(resource), modules, arguments);
    }

    /**
     * Runs a Python script that imports others of the test resources.
     *
     * @param resources absolute names, that of the script first
     * @param modules what they import besides the standard library
     * @return what it printed; a script that fails fails the test, with what it printed
     */
    public static String python(List<String> resources, List<String> modules, Object... arguments) {
        Optional<Path> python = PYTHONS.computeIfAbsent(List.copyOf(modules), Peers::findPython);
        require(python.isPresent(), "python3 with " + String.join(", ", modules));
        try {
            Path directory = Files.createTempDirectory("peer");
            List<Path> scripts = new ArrayList<>();
            try {
                for (String resource : resources) {
                    scripts.add(copy(resource, directory));
                }
                // Without leaving compiled modules in the directory.
                List<String> command = new ArrayList<>(List.of(
                        python.orElseThrow().toString(), "-B", scripts.get(0).toString()));
                Arrays.stream(arguments).map(Object::toString).forEach(command::add);
                return succeed(resources.get(0), command, "");
            } finally {
                for (Path script : scripts) {
                    Files.delete(script);
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(String resource, Path directory) throws IOException {
        try (InputStream script = Peers.class.getResourceAsStream(resource)) {
            assertThat(script).as("test resource %s", resource).isNotNull();
            Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
            Files.copy(script, file);
            return file;
        }
    }

    /**
     * Runs a program of the path.
     *
     * @param input what it reads from its standard input
     * @return what it printed; a program that fails fails the test, with what it printed
     */
    public static String program(String name, List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of(executable(name).toString()));
        command.addAll(arguments);
        return succeed(name, command, input);
    }

    /** A program of the path, for tests that start it themselves. */
    public static Path executable(String name) {
        Optional<Path> program = onPath(name).findFirst();
        require(program.isPresent(), name);
        return program.orElseThrow();
    }

    /** The prefix of a command that may mount private disks, for any user who runs it. */
    public static List<String> inOwnMounts() {
        List<String> starter = List.of(executable("unshare").toString(), "--user", "--map-root-user", "--mount");
        List<String> trial = new ArrayList<>(starter);
        trial.add("true");
        require(run(trial, "").status() == 0, "a kernel that lets users mount disks of their own");
        return starter;
    }

    private static void require(boolean present, String what) {
        boolean required = Boolean.getBoolean("THALWEG_REQUIRE_PEERS")
                || Boolean.parseBoolean(System.getenv("THALWEG_REQUIRE_PEERS"));
        if (!present && required) {
            fail("%s is not installed, and THALWEG_REQUIRE_PEERS=true asks for it", what);
        }
        Assumptions.assumeTrue(present, () -> what + " is not installed");
    }

    /** The system's Python before one of the path's: a version manager's seldom has the distribution's modules. */
    private static Optional<Path> findPython(List<String> modules) {
        List<Path> candidates = Stream.concat(Stream.of(Path.of("/usr/bin/python3")), onPath("python3"))
                .toList();
        String imports = "import sys" + (modules.isEmpty() ? "" : ", " + String.join(", ", modules));
        return candidates.stream()
                .filter(Files::isExecutable)
                .filter(python ->
                        run(List.of(python.toString(), "-c", imports), "").status() == 0)
                .findFirst();
    }

    private static Stream<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable);
    }

    private static String succeed(String what, List<String> command, String input) {
        Result result = run(command, input);
        assertThat(result.status()).as("%s printed:%n%s", what, result.output()).isZero();
        return result.output();
    }

    private record Result(int status, String output) {}

    private static Result run(List<String> command, String input) {
        try {
            Path in = Files.createTempFile("peer", ".in");
            Path out = Files.createTempFile("peer", ".out");
            try {
                Files.writeString(in, input);
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .start();
                boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly().waitFor();
                }
                String output = Files.readString(out);
                return ended
                        ? new Result(process.exitValue(), output)
                        : new Result(-1, output + "\n(killed after " + LIMIT + ")");
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.get(0), e);
        }
    }
}
