package org.thalweg.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.testing.Seeds;
import org.thalweg.video.film.FilmOptions;

class RunFilmTest {

    private static final FilmOptions SMALL =
            FilmOptions.DEFAULT.withSize(320, 180).withLength(0.5, 10);

    private final long seed = Seeds.fresh("RunFilmTest");

    @TempDir
    private Path directory;

    @Test
    void drawsEachFrameAndTheFilm() throws IOException {
        List<Frame> frames = SyntheticRun.frames(3, 9, new SplittableRandom(seed));
        RunFilm film = RunFilm.of("valley", frames, SMALL);
        assertThat(film.frames()).isEqualTo(3);
        BufferedImage first = image(film, 0);
        assertThat(first.getWidth()).isEqualTo(320);
        assertThat(differences(first, image(film, 2))).as("seed %d", seed).isGreaterThan(1000);
        assertThat(differences(first, image(film, 0))).isZero();
        film.writeFilm(directory.resolve("film.gif"));
        assertThat(Files.size(directory.resolve("film.gif"))).isGreaterThan(1000);
    }

    @Test
    void namesTheFrameThatDoesNotExist() throws IOException {
        RunFilm film = RunFilm.of("valley", SyntheticRun.frames(2, 5, new SplittableRandom(seed)), SMALL);
        assertThatThrownBy(() -> film.writeImage(directory.resolve("no.png"), 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("frame must be 0 to 1, got 2");
        assertThatThrownBy(() -> RunFilm.of(directory, SMALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }

    private BufferedImage image(RunFilm film, int frame) throws IOException {
        Path file = directory.resolve("frame.png");
        film.writeImage(file, frame);
        return ImageIO.read(file.toFile());
    }

    private static int differences(BufferedImage one, BufferedImage other) {
        int count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
            }
        }
        return count;
    }
}
