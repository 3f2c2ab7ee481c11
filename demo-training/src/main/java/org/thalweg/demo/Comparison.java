package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.Scene;
import org.thalweg.video.internal.scene.Scene.Cue;

/**
 * Two to four runs side by side on one scale, with the camera orbiting.
 *
 * @param runs from left to right
 */
public record Comparison(List<? extends FrameSource> runs) {

    /** An orbit of eight seconds. */
    public static final FilmOptions FILM =
            FilmOptions.DEFAULT.withSize(1280, 720).withLength(8, 25);
    /** The camera of the picture. */
    private static final double AZIMUTH = 28;

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
        try {
            Scene scene = Scenes.comparing(runs, film);
            Picture picture = new Picture(film.width(), film.height());
            scene.draw(picture, new Cue(scene.lastTime(), AZIMUTH));
            Path file = directory.resolve(name + ".png");
            PngFile.write(file, picture.pixels(), picture.width(), picture.height());
            console.line("picture: " + file);
            Films.film(scene, film, directory.resolve(name + ".mp4"), console);
        } catch (IOException e) {
            console.line("film: no " + name + ": " + e.getMessage());
        }
    }
}
