package org.thalweg.demo.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.Console;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.demo.early.EarlyCourse.Phase;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;

/** The phenomena themselves, on few images. */
class CatapultsTest {

    private final long seed = Seeds.fresh("CatapultsTest");
    private final Console console =
            new Console(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);

    @TempDir
    private Path directory;

    /** Half of 2/lambda_0 falls, six times 2/lambda_0 diverges, and all start with one network. */
    @Test
    void learningRatesAreInUnitsOfTheFirstSharpness() throws IOException {
        ImageSplit images = new StrokeDigits(seed).split(40, 10);
        Catapults.Size size = new Catapults.Size(128, 40, 20, List.of(1.0, 12.0), 3);

        List<EarlyCourse> courses = new Catapults(size, seed).run(images, new RecordedStudy(directory), console);

        assertThat(courses)
                .extracting(EarlyCourse::phase)
                .as("seed %d", seed)
                .containsExactly(Phase.FALLS, Phase.DIVERGES);
        for (int i = 0; i < courses.size(); i++) {
            EarlyCourse course = courses.get(i);
            // Lanczos stops at a relative error of 1e-2 at most.
            assertThat(course.learningRate() * course.first().lambdaMax())
                    .as("seed %d", seed)
                    .isCloseTo(size.factors().get(i), withinPercentage(2));
        }
        assertThat(courses.get(0).first().loss())
                .isEqualTo(courses.get(1).first().loss());
        assertThat(RunReader.open(directory.resolve("catapult-1.0")).iterations())
                .hasSize(21);
    }

    @Test
    void wholeStudyWritesRunsPlotAndFindings() throws IOException {
        EarlySteps.Size size = new EarlySteps.Size(
                new Catapults.Size(64, 20, 12, List.of(0.5, 3.0), 3),
                new WarmUps.Size(List.of(2), 0.05, 0.2, 2, 2, 1, 3, 16));

        new EarlySteps(new StrokeDigits(seed).split(64, 32), size, seed, console).run(directory);

        for (String run : List.of("catapult-0.5", "catapult-3.0", "small", "large", "warm-up")) {
            assertThat(RunReader.open(directory.resolve(run)).iterations())
                    .as("%s, seed %d", run, seed)
                    .startsWith(0L, 1L);
        }
        assertThat(directory.resolve("early-steps.png")).isNotEmptyFile();
        List<String> lines = Files.readAllLines(directory.resolve("findings.txt"));
        for (String word : List.of("claim ", "seen ", "agrees ")) {
            assertThat(lines.stream().filter(line -> line.startsWith(word))).hasSize(4);
        }
        // A line for each training, below the tables' headers.
        assertThat(lines.stream()
                        .filter(line -> line.contains("/lambda_0 ")
                                || line.contains("lr = 0.")
                                || line.startsWith("with warm-up")))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    /** As after a kill: the run that lacks its end is trained again, the complete one is read. */
    @Test
    void goesOnWhereItWasInterrupted() throws IOException {
        ImageSplit images = new StrokeDigits(seed).split(20, 5);
        Catapults.Size size = new Catapults.Size(32, 20, 6, List.of(0.5, 1.0), 3);
        RecordedStudy study = new RecordedStudy(directory);
        List<EarlyCourse> whole = new Catapults(size, seed).run(images, study, console);
        Path kept = directory.resolve("catapult-0.5");
        List<Long> written = written(kept);
        Path broken = directory.resolve("catapult-1.0");
        for (long iteration = 4; iteration <= 6; iteration++) {
            Files.delete(RunReader.open(broken).directory().frame(iteration));
        }

        List<EarlyCourse> resumed = new Catapults(size, seed).run(images, study, console);

        assertThat(written(kept)).isEqualTo(written);
        for (int i = 0; i < 2; i++) {
            assertThat(resumed.get(i).each(EarlyMoment::iteration)).containsExactly(0, 1, 2, 3, 4, 5, 6);
            // Threads add in any order.
            assertThat(resumed.get(i).last().loss())
                    .as("seed %d", seed)
                    .isCloseTo(whole.get(i).last().loss(), withinPercentage(1));
        }
    }

    private static List<Long> written(Path run) throws IOException {
        RunReader reader = RunReader.open(run);
        List<Long> times = new ArrayList<>();
        for (long iteration : reader.iterations()) {
            times.add(reader.written(iteration).toEpochMilli());
        }
        return times;
    }

    /** The trace of the Gauss-Newton matrix and that of the Hessian are both there, and the rate ramps up. */
    @Test
    void warmUpRampsTheLearningRate() throws IOException {
        ImageSplit images = new StrokeDigits(seed).split(64 * 4, 16);
        WarmUps.Size size = new WarmUps.Size(List.of(2), 0.01, 0.08, 4, 1, 1, 3, 16);

        WarmUps.Result result = new WarmUps(size, seed).run(images, new RecordedStudy(directory), console);

        RunReader run = RunReader.open(directory.resolve("warm-up"));
        assertThat(run.iterations()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(run.frame(2).quantities().get("learning_rate"))
                .as("seed %d", seed)
                .isGreaterThan(run.frame(1).quantities().get("learning_rate"));
        for (EarlyCourse course : result.all()) {
            assertThat(course.moments()).hasSize(5).allSatisfy(moment -> {
                assertThat(moment.fisher()).as("seed %d", seed).isPositive();
                assertThat(moment.trace()).isFinite();
                assertThat(moment.held()).isBetween(0.0, 100.0);
            });
        }
    }
}
