package org.thalweg.video.internal.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.Seeds;
import org.thalweg.video.SyntheticRun;
import org.thalweg.video.VideoSink;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.film.FilmStyle;
import org.thalweg.video.internal.encode.FilmFormat;
import org.thalweg.video.internal.film.FilmMaker.Film;
import org.thalweg.video.internal.film.FilmMaker.Progress;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.RunFrames;
import org.thalweg.video.internal.scene.Scene;

class FilmMakerTest {

    private static final FilmOptions SMALL =
            FilmOptions.DEFAULT.withSize(320, 180).withLength(0.5, 10);

    private final long seed = Seeds.fresh("FilmMakerTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"1, 25", "2, 25", "3, 3", "2, 201"})
    void makesFilmsOfAnyRun(int frames, int grid) throws IOException {
        FrameSource source = FrameSource.of("run", SyntheticRun.frames(frames, grid, random));
        Path film = directory.resolve("film.mp4");
        int[] done = {0};
        Film made = new FilmMaker(Scenes.of(source, SMALL), SMALL).make(film, (pictures, of) -> done[0] = pictures);
        assertThat(made).isEqualTo(new Film(film, FilmFormat.MP4, 320, 180, 5));
        assertThat(done[0]).isEqualTo(5);
        assertThat(Files.size(film)).isGreaterThan(1000);
    }

    @ParameterizedTest
    @EnumSource(FilmStyle.class)
    void drawsDivergedFramesInEveryStyle(FilmStyle style) throws IOException {
        List<Frame> frames = List.of(
                SyntheticRun.frame(0, 0, 9, (a, b) -> 1 + a * a + b * b),
                SyntheticRun.frame(1, 0, 9, (a, b) -> a > 0 ? Double.NaN : 3),
                SyntheticRun.frame(2, 0, 9, (a, b) -> Double.NaN));
        Scene scene = Scenes.of(FrameSource.of("diverging", frames), SMALL.withStyle(style));
        Picture picture = new Picture(320, 180);
        for (double time = 0; time <= 2; time += 0.25) {
            scene.draw(picture, new Scene.Cue(time, 40));
            assertThat(Arrays.stream(picture.pixels()).distinct().count())
                    .as("colours of %s at %s", style, time)
                    .isGreaterThan(50);
        }
    }

    @Test
    void comparesRunsOfDifferentLengthsOnOneScale() throws IOException {
        FrameSource left = FrameSource.of("left", SyntheticRun.frames(2, 9, random));
        FrameSource right = FrameSource.of("right", SyntheticRun.frames(5, 15, random));
        Scene scene = Scenes.comparing(List.of(left, right), SMALL);
        assertThat(scene.lastTime()).isEqualTo(4);
        Path folder = directory.resolve("pictures");
        new FilmMaker(scene, SMALL).make(folder, Progress.NONE);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(5);
        }
    }

    /** Rows of three, or of two in an upright picture; every run is in a cell of its own. */
    @ParameterizedTest
    @CsvSource({
        "4, 2, 480, 270",
        "5, 3, 480, 270",
        "6, 3, 480, 270",
        "4, 2, 270, 480",
        "5, 2, 270, 480",
        "6, 2, 270, 480"
    })
    void comparesSeveralRunsInRows(int runs, int columns, int width, int height) throws IOException {
        List<FrameSource> sources = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            sources.add(FrameSource.of("run " + i, SyntheticRun.frames(1, 9, random)));
        }
        Picture picture = new Picture(width, height);

        Scenes.comparing(sources, SMALL.withSize(width, height)).draw(picture, new Scene.Cue(0, 40));

        int rows = (runs + columns - 1) / columns;
        // Without the colour bar, which is 130 of 1920 wide, or of 1080 in an upright picture.
        int cell = width * 7 / 8 / columns;
        for (int i = 0; i < runs; i++) {
            Set<Integer> colors = new HashSet<>();
            for (int y = i / columns * height / rows; y < (i / columns + 1) * height / rows; y++) {
                for (int x = i % columns * cell; x < (i % columns + 1) * cell; x++) {
                    colors.add(picture.pixels()[y * width + x]);
                }
            }
            assertThat(colors).as("colours of run %d, seed %d", i, seed).hasSizeGreaterThan(300);
        }
    }

    @Test
    void refusesMoreRunsThanFit() throws IOException {
        FrameSource run = FrameSource.of("run", SyntheticRun.frames(1, 9, random));
        assertThatThrownBy(() -> Scenes.comparing(Collections.nCopies(7, run), SMALL))
                .hasMessage("two to 6 runs can be compared, got 7");
    }

    @Test
    void refusesToCompareInAnotherStyle() throws IOException {
        FrameSource run = FrameSource.of("run", SyntheticRun.frames(1, 9, random));
        assertThatThrownBy(() -> Scenes.comparing(List.of(run, run), SMALL.withStyle(FilmStyle.SPECTRUM)))
                .hasMessageStartingWith("several runs are compared in the style surface alone, got spectrum: ");
    }

    @Test
    void drawsTheSamePicturesWheneverItIsAsked() throws IOException {
        FrameSource source = FrameSource.of("run", SyntheticRun.frames(4, 15, random));
        Scene scene = Scenes.of(source, SMALL);
        FilmMaker maker = new FilmMaker(scene, SMALL);
        maker.make(directory.resolve("film"), Progress.NONE);
        Picture alone = new Picture(320, 180);
        scene.draw(alone, maker.cue(3));
        BufferedImage written =
                ImageIO.read(directory.resolve("film").resolve("00004.png").toFile());
        int[] read = written.getRGB(0, 0, 320, 180, null, 0, 320);
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i] & 0xFFFFFF).as("pixel %d, seed %d", i, seed).isEqualTo(alone.pixels()[i] & 0xFFFFFF);
        }
    }

    @Test
    void makesOddSizesEvenForFilmsAndKeepsThemForGif() throws IOException {
        FrameSource source = FrameSource.of("run", SyntheticRun.frames(2, 9, random));
        FilmOptions odd = SMALL.withSize(321, 181);
        FilmMaker maker = new FilmMaker(Scenes.of(source, odd), odd);
        Film mp4 = maker.make(directory.resolve("odd.mp4"), Progress.NONE);
        assertThat(mp4.width()).isEqualTo(320);
        assertThat(mp4.height()).isEqualTo(180);
        assertThat(maker.make(directory.resolve("odd.gif"), Progress.NONE).width())
                .isEqualTo(321);
    }

    @Test
    void keepsAGifBelowItsLimit() throws IOException {
        FrameSource source = FrameSource.of("run", SyntheticRun.frames(3, 9, random));
        FilmOptions limited = SMALL.withSize(400, 225).withMaxBytes(60_000);
        Path gif = directory.resolve("small.gif");
        Film film = new FilmMaker(Scenes.of(source, limited), limited).make(gif, Progress.NONE);
        assertThat(Files.size(gif)).as("seed %d", seed).isLessThanOrEqualTo(60_000);
        assertThat(film.width()).isLessThan(400);
        FilmOptions impossible = limited.withMaxBytes(500);
        assertThatThrownBy(() -> new FilmMaker(Scenes.of(source, impossible), impossible).make(gif, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("500 bytes");
    }

    @Test
    void readsARunWhileItIsBeingWritten() throws IOException {
        Path run = directory.resolve("run");
        RunRecorder recorder = new RunRecorder(run);
        recorder.start(SyntheticRun.provenance());
        assertThatThrownBy(() -> RunFrames.open(run)).hasMessageContaining("no frames yet");
        List<Frame> frames = SyntheticRun.frames(4, 9, random);
        recorder.frame(frames.get(0));
        recorder.frame(frames.get(1));
        RunFrames open = RunFrames.open(run);
        recorder.frame(frames.get(2));
        assertThat(open.size()).isEqualTo(2);
        Scene scene = Scenes.of(open, SMALL);
        scene.draw(new Picture(320, 180), new Scene.Cue(1, 0));
        assertThat(RunFrames.open(run, 1, 99).size()).isEqualTo(2);
        assertThat(open.title()).isEqualTo("digits");
        assertThatThrownBy(() -> RunFrames.open(run, 7, 9)).hasMessageContaining("frames 0 to 2");
        assertThatThrownBy(() -> RunFrames.open(directory.resolve("nothing")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing");
        recorder.close();
    }

    @Test
    void makesItsFilmsWhenTheRunIsClosed() throws IOException {
        Path film = directory.resolve("landscape.gif");
        try (VideoSink sink = new VideoSink(film, SMALL)) {
            sink.start(SyntheticRun.provenance());
            for (Frame frame : SyntheticRun.frames(3, 9, random)) {
                sink.frame(frame);
            }
            assertThat(film).doesNotExist();
        }
        assertThat(film).exists();
        Path none = directory.resolve("none.gif");
        new VideoSink(none, SMALL).close();
        assertThat(none).doesNotExist();
    }

    @Test
    void beginsAndEndsWithCardsWhereTheyAreAskedFor() throws IOException {
        FrameSource source = FrameSource.of("run", SyntheticRun.frames(3, 9, random));
        FilmOptions options = SMALL.withLength(10, 10).withCards(true);
        FilmMaker maker = new FilmMaker(Scenes.of(source, options), options);
        Scene.Cue first = maker.cue(0);
        Scene.Cue middle = maker.cue(50);
        Scene.Cue last = maker.cue(99);
        assertThat(first).isEqualTo(new Scene.Cue(0, first.azimuth(), 1, 0));
        assertThat(middle.opening() + middle.closing()).isZero();
        assertThat(last).isEqualTo(new Scene.Cue(2, last.azimuth(), 0, 1));
        assertThat(brightness(options, source, first)).isLessThan(0.5 * brightness(SMALL, source, first));
        assertThat(brightness(options, source, middle)).isEqualTo(brightness(SMALL, source, middle));
    }

    private static double brightness(FilmOptions options, FrameSource source, Scene.Cue cue) throws IOException {
        Picture picture = new Picture(320, 180);
        Scenes.of(source, options).draw(picture, cue);
        return Arrays.stream(picture.pixels()).mapToDouble(p -> (p >> 8) & 0xFF).sum();
    }

    @Test
    void showsTheDensityOfEigenvaluesWhereThereIsOne() throws IOException {
        List<Frame> bare = SyntheticRun.frames(3, 9, random);
        List<Frame> dense = bare.stream().map(SyntheticRun::withDensity).toList();
        FilmOptions spectrum = SMALL.withStyle(FilmStyle.SPECTRUM);
        assertThat(colors(bare, spectrum, 2)).isLessThan(colors(dense, spectrum, 2));
        // One that is missing leaves a gap, and a film of one frame has no time to show it over.
        List<Frame> gap = List.of(dense.get(0), bare.get(1), dense.get(2));
        assertThat(colors(gap, spectrum, 1)).isGreaterThan(50);
        assertThat(colors(dense.subList(0, 1), spectrum, 0)).isGreaterThan(50);
    }

    private static long colors(List<Frame> frames, FilmOptions options, double time) throws IOException {
        Picture picture = new Picture(320, 180);
        Scenes.of(FrameSource.of("run", frames), options).draw(picture, new Scene.Cue(time, 0));
        return Arrays.stream(picture.pixels()).distinct().count();
    }
}
