package org.thalweg.demo.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.Console;
import org.thalweg.demo.VisibleShape;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;
import org.thalweg.video.film.FilmOptions;

/** The ride on a tiny network, and the sorting of a convexity map. */
class FollowTest {

    private static final FilmOptions FILM =
            FilmOptions.DEFAULT.withSize(320, 180).withLength(1, 2);

    private final long seed = Seeds.fresh("FollowTest");

    @TempDir
    private Path directory;

    @Test
    void ridesWithThreeCamerasAndAsksBothQuestions() throws IOException {
        ImageSplit images = new StrokeDigits(seed).split(80, 20);
        Console console =
                new Console(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false);

        new FollowMinimizer(images, new FollowMinimizer.Size(List.of(2), 1, 5, 3, 1, FILM), seed, console)
                .run(directory);

        for (String zoom : List.of("0.4", "1", "2")) {
            double[] alpha = RunReader.open(directory.resolve("zoom-" + zoom))
                    .frame(2)
                    .surface()
                    .alpha();
            assertThat(alpha[4]).isCloseTo(1 / Double.parseDouble(zoom), within(1e-12));
        }
        assertThat(directory.resolve("ride.mp4")).isNotEmptyFile();
        assertThat(Files.readAllLines(directory.resolve("findings.txt")))
                .filteredOn(line -> line.startsWith("claim "))
                .hasSize(3);
    }

    /** A ridge along beta: convex on its flanks, not on its back. Only the map's inner points count. */
    @Test
    void sortsTheMapByWhatTheSurfaceLooksLike() {
        double[][] loss = new double[5][];
        double[][] ratio = new double[5][];
        boolean[][] evaluated = new boolean[5][];
        for (int row = 0; row < 5; row++) {
            loss[row] = new double[] {4, 0, 1, 0, 4};
            ratio[row] = new double[] {9, 0.1 * row, 0.5, 0.2, 9};
            evaluated[row] = new boolean[] {true, true, row == 2, false, true};
        }
        double[][] ones = new double[5][5];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        ConvexityValues map = new ConvexityValues(
                evaluated, ratio, ones, new double[5][5], new double[5][5], evaluated, new int[5][5]);

        ConvexityAgreement agreement = ConvexityAgreement.of(new VisibleShape(loss), map);

        assertThat(agreement.convex()).containsExactly(0.1, 0.2, 0.30000000000000004);
        assertThat(agreement.notConvex()).containsExactly(0.5);
        assertThat(ConvexityAgreement.median(agreement.convex())).isEqualTo(0.2);
        assertThat(ConvexityAgreement.median(List.of())).isNaN();
    }
}
