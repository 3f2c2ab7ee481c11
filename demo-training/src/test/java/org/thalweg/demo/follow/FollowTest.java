package org.thalweg.demo.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;
import org.thalweg.video.film.FilmOptions;

/** Follows the minimizer of a tiny network. */
class FollowTest {

    private static final FilmOptions FILM =
            FilmOptions.DEFAULT.withSize(320, 180).withLength(1, 2);

    private final long seed = Seeds.fresh("FollowTest");

    @TempDir
    private Path directory;

    @Test
    void followsWithThreeCamerasAndAnswersBothQuestions() throws IOException {
        ImageSplit images = new StrokeDigits(seed).split(80, 20);
        Console console =
                new Console(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false);

        new FollowMinimizer(images, new FollowMinimizer.Size(List.of(2), 1, 5, 3, 5, 1, FILM), seed, console)
                .run(directory);

        for (String zoom : List.of("0.4", "1", "2")) {
            double[] alpha = RunReader.open(directory.resolve("zoom-" + zoom))
                    .frame(2)
                    .surface()
                    .alpha();
            assertThat(alpha[4]).isCloseTo(1 / Double.parseDouble(zoom), within(1e-12));
        }
        assertThat(directory.resolve("ride.mp4")).isNotEmptyFile();
        assertThat(directory.resolve("convexity.png")).isNotEmptyFile();
        assertThat(Files.readAllLines(directory.resolve("findings.txt")))
                .filteredOn(line -> line.startsWith("claim "))
                // One claim is left out if all points look alike.
                .hasSizeBetween(2, 3);
    }
}
