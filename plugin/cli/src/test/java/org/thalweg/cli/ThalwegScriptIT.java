package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Networks;

/** The command as it is packaged, moved to a place with spaces in its name. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the start script is for POSIX shells")
class ThalwegScriptIT {

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void moveAway() throws IOException {
        home = directory.resolve("my programs/thal weg");
        copy(Path.of(System.getProperty("thalweg.home", "target/thalweg")), home);
    }

    @Test
    void itRunsThroughLinksFromAnyDirectory() throws Exception {
        Path run = directory.resolve("my run");
        RecordedRun.write(run);
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("first"), home.resolve("bin/thalweg"));
        Path relative = Files.createSymbolicLink(bin.resolve("thalweg"), absolute.getFileName());

        Result result = run(Map.of(), relative.toString(), "info", "my run");
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.out()).contains("run valley in my run").contains("314");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void javaHomeIsHonoured() throws Exception {
        String script = home.resolve("bin/thalweg").toString();
        Result right =
                run(Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", "/usr/bin:/bin"), script, "--version");
        assertThat(right.out()).startsWith("thalweg ");
        Result wrong = run(Map.of("JAVA_HOME", "/no/such java"), script, "--version");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("thalweg: no /no/such java/bin/java");
    }

    @Test
    void errorsHaveOneLineAndTheirCode() throws Exception {
        Result result = run(Map.of(), home.resolve("bin/thalweg").toString(), "info", "nowhere");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines()).containsExactly("thalweg: no run at nowhere: there is no such directory");
        assertThat(run(Map.of(), home.resolve("bin/thalweg").toString()).status())
                .isEqualTo(2);
    }

    @Test
    void whatComputesFindsItsLibraries() throws Exception {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, 1);
        TrainedRun.write(directory.resolve("run"), "run", network, Networks.data(8, 1, 6), 3);
        String script = home.resolve("bin/thalweg").toString();
        Result result = run(Map.of(), script, "trajectory", "run", "--grid", "3", "-o", "plane.h5");
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.out()).contains("plane.h5: 9 points");
        Result drawn = run(Map.of(), script, "image", "plane.h5", "-o", "plane.png", "--size", "320x180");
        assertThat(drawn.status()).as(drawn.toString()).isZero();
    }

    @Test
    void manualPagesComeAlong() throws IOException {
        assertThat(Files.readString(home.resolve("share/man/man1/thalweg-analyze.1")))
                .startsWith(".TH \"THALWEG\\-ANALYZE\" \"1\"");
        assertThat(home.resolve("share/man/man1/thalweg.1")).isNotEmptyFile();
    }

    @Test
    void nothingThatTrainsComesAlong() throws IOException {
        assertThat(jars("lib"))
                .anyMatch(name -> name.startsWith("thalweg-cli"))
                .noneMatch(name -> name.matches("(nd4j|deeplearning4j|openblas|micrometer|commons-math).*"));
    }

    @Test
    void nothingOfAClusterComesAlong() throws IOException {
        assertThat(Stream.concat(jars("lib"), jars("lib/compute")))
                .anyMatch(name -> name.startsWith("nd4j-native"))
                .noneMatch(name -> name.matches("(thalweg-spark|spark-|scala-|hadoop-|parquet-).*"));
    }

    private Stream<String> jars(String folder) throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve(folder))) {
            return jars.map(jar -> jar.getFileName().toString()).toList().stream();
        }
    }

    private record Result(int status, String out, String err) {}

    private Result run(Map<String, String> environment, String... command) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = Files.copy(file, to.resolve(from.relativize(file).toString()));
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
