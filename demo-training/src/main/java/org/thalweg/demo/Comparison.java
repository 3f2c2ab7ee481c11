package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.Pen;
import org.thalweg.video.internal.scene.Scene;
import org.thalweg.video.internal.scene.Scene.Cue;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * Two to six runs side by side on one scale, with the camera orbiting.
 *
 * @param runs from left to right
 */
public record Comparison(List<? extends FrameSource> runs) {

    /** An orbit of eight seconds. */
    public static final FilmOptions FILM =
            FilmOptions.DEFAULT.withSize(1280, 720).withLength(8, 25);
    /** The camera of the picture. */
    private static final double AZIMUTH = 28;

    private static final double MARGIN = 44;
    private static final double CAPTION = 0.9;

    public Comparison {
        runs = List.copyOf(runs);
    }

    /** Two runs. */
    public Comparison(FrameSource left, FrameSource right) {
        this(List.of(left, right));
    }

    /**
     * Writes a film, {@code NAME.mp4}, and its last picture, {@code NAME.png}. If one of them fails the console says
     * so: the results are already safe.
     *
     * @param film options of film and picture
     */
    public void write(FilmOptions film, Path directory, String name, Console console) {
        write(film, "", film, directory, name, console);
    }

    /**
     * Writes both with different options, and a caption below the picture's surfaces.
     *
     * @param still options of the picture
     * @param caption a line, or empty
     * @param film options of the film
     */
    public void write(
            FilmOptions still, String caption, FilmOptions film, Path directory, String name, Console console) {
        try {
            Scene scene = Scenes.comparing(runs, still);
            Picture picture = new Picture(still.width(), still.height());
            scene.draw(picture, new Cue(scene.lastTime(), AZIMUTH));
            Pen.on(picture, still.theme(), pen -> below(picture, pen, caption));
            Path file = directory.resolve(name + ".png");
            PngFile.write(file, picture.pixels(), picture.width(), picture.height());
            console.line("picture: " + file);
            Films.film(Scenes.comparing(runs, film), film, directory.resolve(name + ".mp4"), console);
        } catch (IOException e) {
            console.line("film: no " + name + ": " + e.getMessage());
        }
    }

    private static void below(Picture picture, Pen pen, String caption) {
        TextStyle style = pen.muted().scaled(CAPTION);
        style.write(
                pen.graphics(),
                style.fitted(caption, picture.width() - pen.px(2 * MARGIN)),
                pen.px(MARGIN),
                picture.height() - pen.px(MARGIN / 3),
                Anchor.LEFT);
    }
}
