package org.thalweg.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.integration.ChildProcess.Outcome;

/** Projects of users against the installed jars: they build, train ten iterations and read their frames. */
class ConsumersIT {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final List<String> JVM = List.of("-Xmx1g", "-Djava.awt.headless=true");

    @TempDir
    private static Path directory;

    private static ConsumerProjects projects;

    @BeforeAll
    static void build() throws Exception {
        projects = ConsumerProjects.built();
    }

    @Test
    void aPictureNeedsNothingButVideo() throws Exception {
        Path run = directory.resolve("for-a-picture");
        Path picture = directory.resolve("picture.png");
        trains("listener", "example.TrainWithListener", run);
        succeeds(projects.run(JAVA_HOME, JVM, "picture", "example.RenderPicture", run.toString(), picture.toString()));
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(360);
        assertThat(image.getRGB(0, 0, 640, 360, null, 0, 640))
                .as("colours")
                .satisfies(pixels -> assertThat(
                                java.util.Arrays.stream(pixels).distinct().count())
                        .isGreaterThan(100));
        assertThat(projects.jars("picture"))
                .noneMatch(jar -> jar.matches("(nd4j|deeplearning4j|micrometer|thalweg-core|commons-math3).*"));
    }

    /** Without a logging backend, only SLF4J's own remark about that appears. */
    @Test
    void aListenerNeedsNoLogging() throws Exception {
        Outcome outcome = trains("listener", "example.TrainWithListener", directory.resolve("plain"));
        assertThat(outcome.output().lines().filter(line -> !line.startsWith("frame ")))
                .allMatch(line -> line.startsWith("SLF4J: "));
    }

    /** Logging has one binding, and Thalweg's lines reach it; what jHDF says at each file does not. */
    @ParameterizedTest
    @CsvSource({"logback-1.2, slf4j-api-1.7", "logback-1.5, slf4j-api-2.0"})
    void aUsersLoggingStaysAsItIs(String project, String api) throws Exception {
        Outcome outcome = trains(project, "example.TrainWithListener", directory.resolve(project));
        assertThat(outcome.output())
                .contains("INFO org.thalweg.")
                .doesNotContain("SLF4J")
                .doesNotContain("in alpha");
        assertThat(projects.jars(project))
                .filteredOn(jar -> jar.startsWith("slf4j-api"))
                .singleElement()
                .asString()
                .startsWith(api);
    }

    @Test
    void springBootInjectsItsRegistry() throws Exception {
        Outcome outcome = trains("spring-boot", "example.Application", directory.resolve("spring"));
        assertThat(outcome.output())
                .containsPattern("gauge \\d+\\.\\d+")
                .contains("org.thalweg.listener.LandscapeListener")
                .doesNotContain("in alpha");
    }

    /** A layer with its kernel, a quantity, a plane, an operator, an estimator and a sink: a class each. */
    @Test
    void whatIsAddedNeedsOneClassEach() throws Exception {
        Outcome outcome = succeeds(projects.run(JAVA_HOME, JVM, "extension", "example.Extend"));
        List<String> frames = outcome.output()
                .lines()
                .filter(line -> line.startsWith("frame "))
                .toList();
        assertThat(frames).hasSizeGreaterThanOrEqualTo(2).allSatisfy(frame -> {
            assertThat(frame).contains("objective compiled curvature exact");
            assertThat(number(frame, "largest_parameter")).isPositive();
            // The kernel's exact product and a difference of its gradients.
            assertThat(number(frame, "hessian.wave.value"))
                    .isCloseTo(number(frame, "differenced.wave.value"), within(1e-5));
            assertThat(number(frame, "direction_cosine")).isCloseTo(cosineOfWaves(56), within(1e-12));
        });
    }

    private static double number(String line, String name) {
        Matcher matcher = Pattern.compile("\\b" + Pattern.quote(name) + "=(-?[0-9.]+(?:E-?[0-9]+)?)")
                .matcher(line);
        assertThat(matcher.find()).as(name + " in " + line).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    /** Between the cosines and the sines of the first n numbers. */
    private static double cosineOfWaves(int n) {
        double product = IntStream.range(0, n)
                .mapToDouble(i -> Math.cos(i) * Math.sin(i))
                .sum();
        double cosines =
                IntStream.range(0, n).mapToDouble(i -> Math.pow(Math.cos(i), 2)).sum();
        double sines =
                IntStream.range(0, n).mapToDouble(i -> Math.pow(Math.sin(i), 2)).sum();
        return product / Math.sqrt(cosines * sines);
    }

    @Test
    void theTemplateTrains() throws Exception {
        // The projects here are compiled by a plugin of a given version, and those of users by the one that they name.
        succeeds(projects.compileTemplate());
        Outcome outcome = succeeds(projects.run(
                JAVA_HOME,
                JVM,
                "template",
                "Train",
                directory.resolve("template").toString()));
        assertThat(outcome.output()).contains("frame 0:");
    }

    /** As a script of JBang, the template's program names its dependencies itself: in the versions of this build. */
    @Test
    void theTemplateAsAScriptNamesTheSameVersions() throws IOException {
        String dl4j = BuildProperties.get("consumers.dl4j");
        try (Stream<String> lines = Files.lines(Path.of("../../demo-training/template/src/main/java/Train.java"))) {
            assertThat(lines.filter(line -> line.startsWith("//DEPS ")).map(line -> line.substring("//DEPS ".length())))
                    .contains(
                            "org.thalweg:thalweg-core:" + BuildProperties.get("thalweg.version"),
                            "org.deeplearning4j:deeplearning4j-nn:" + dl4j,
                            "org.nd4j:nd4j-native:" + dl4j);
        }
    }

    /** The JVM of this build and those that are installed next to it. */
    @TestFactory
    Stream<DynamicTest> everyNewerJdkTrainsWithoutWarnings() throws IOException {
        try (Stream<Path> homes = Files.list(JAVA_HOME.toRealPath().getParent())) {
            return homes
                    .filter(home -> !Files.isSymbolicLink(home)
                            && version(home) > Runtime.version().feature())
                    .toList()
                    .stream()
                    .map(home -> DynamicTest.dynamicTest(home.getFileName().toString(), () -> {
                        List<String> jvm = Stream.concat(
                                        JVM.stream(),
                                        Stream.of(
                                                "--enable-native-access=ALL-UNNAMED",
                                                "--sun-misc-unsafe-memory-access=allow"))
                                .toList();
                        Path run = directory.resolve(home.getFileName());
                        Outcome outcome = succeeds(
                                projects.run(home, jvm, "listener", "example.TrainWithListener", run.toString()));
                        assertThat(outcome.output()).contains("frame 0 loss").doesNotContain("WARNING");
                    }));
        }
    }

    private static Outcome trains(String project, String program, Path run) throws Exception {
        Outcome outcome = succeeds(projects.run(JAVA_HOME, JVM, project, program, run.toString()));
        assertThat(outcome.output()).contains("frame 0", "frame 10");
        assertThat(run.resolve("frames/000000010.h5")).exists();
        return outcome;
    }

    private static Outcome succeeds(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome;
    }

    /** The feature release of a JDK, or 0 where there is none. */
    private static int version(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .mapToInt(
                            line -> Runtime.Version.parse(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                                    .feature())
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
