package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;
import org.thalweg.video.film.FilmOptions;

class FilmsTest {

    private static final Films SMALL = new Films(small(), small());

    private final long seed = Seeds.fresh("FilmsTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);

    @TempDir
    private Path run;

    @Test
    void makesBothFilmsAndReportsTheirCost() throws IOException {
        record(2);
        SMALL.make(run, console);
        assertThat(run.resolve("landscape.mp4")).isNotEmptyFile();
        assertThat(run.resolve("landscape.gif")).isNotEmptyFile();
        assertThat(told())
                .as("seed %d", seed)
                .containsPattern("film: .*landscape\\.mp4, 5 pictures of 320x180, [0-9.]+ MB, made in [0-9.]+ s")
                .containsPattern("film: .*landscape\\.gif, 5 pictures of 320x180");
    }

    @Test
    void reportsAFailedFilm() throws IOException {
        record(0);
        SMALL.make(run, console);
        assertThat(told())
                .as("seed %d", seed)
                .contains("film: no landscape.mp4: the run at " + run + " has no frames yet")
                .contains("film: no landscape.gif: ");
    }

    private void record(int frames) throws IOException {
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(random.provenance("digits"));
            for (int i = 0; i < frames; i++) {
                recorder.frame(frame(10L * i));
            }
        }
    }

    /** A random frame with a surface that can be drawn. */
    private Frame frame(long iteration) {
        Frame frame = random.frame(iteration);
        double[] axis = {-1, 0, 1};
        double[][] loss = new double[3][3];
        boolean[][] evaluated = new boolean[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                loss[row][column] = 1 + axis[row] * axis[row] + 0.5 * axis[column] + iteration;
                evaluated[row][column] = true;
            }
        }
        return frame.withoutArrays().toBuilder()
                .surface(new SurfaceValues(
                        axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty()))
                .build();
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static FilmOptions small() {
        return FilmOptions.DEFAULT.withSize(320, 180).withLength(0.5, 10);
    }
}
