package org.thalweg.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.frame.Frame;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.film.FilmMaker;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.FrameSource;
import org.thalweg.video.internal.scene.RunFrames;
import org.thalweg.video.internal.scene.Scene;
import org.thalweg.video.internal.scene.Scene.Cue;

/**
 * Pictures and films of a run. Immutable and thread-safe; frames are read from their files when they are drawn.
 *
 * <pre>{@code
 * RunFilm film = RunFilm.of(Path.of("run"), FilmOptions.DEFAULT);
 * film.writeImage(Path.of("last.png"), film.frames() - 1);
 * film.writeFilm(Path.of("run.mp4"));
 * }</pre>
 *
 * @since 0.2.0
 */
public final class RunFilm {

    private final Scene scene;
    private final FilmOptions options;

    private RunFilm(Scene scene, FilmOptions options) {
        this.scene = scene;
        this.options = options;
    }

    /**
     * A film of the current frames of a run directory. Damaged frames are left out and logged.
     *
     * @throws IOException if it is not a run, has no frame that can be read, or cannot be read itself; the message
     *     names the file
     */
    public static RunFilm of(Path run, FilmOptions options) throws IOException {
        return new RunFilm(Scenes.of(RunFrames.open(run), options), options);
    }

    /**
     * Frames in memory.
     *
     * @param title name of the run in pictures
     * @param frames in order of iteration
     * @throws IllegalArgumentException without frames
     * @throws IOException never for frames in memory, in any style
     */
    public static RunFilm of(String title, List<Frame> frames, FilmOptions options) throws IOException {
        return new RunFilm(Scenes.of(FrameSource.of(title, frames), options), options);
    }

    /**
     * Two to six run directories side by side on one scale, each shown at the same fraction of its length.
     *
     * @throws IOException if one of them is not a run, has no frame that can be read, or cannot be read itself; the
     *     message names the file
     * @throws IllegalArgumentException for another number of runs or another style than surfaces, naming it
     */
    public static RunFilm comparing(List<Path> runs, FilmOptions options) throws IOException {
        List<RunFrames> frames = new ArrayList<>();
        for (Path run : runs) {
            frames.add(RunFrames.open(run));
        }
        return new RunFilm(Scenes.comparing(frames, options), options);
    }

    /** Number of frames; for runs side by side, that of the longest one. */
    public int frames() {
        return (int) Math.round(scene.lastTime()) + 1;
    }

    /**
     * Writes one frame as a PNG file.
     *
     * @param frame counted from 0
     * @throws IOException if the frame cannot be read or the file cannot be written; the message names it
     * @throws IndexOutOfBoundsException if there is no such frame, naming it
     */
    public void writeImage(Path png, int frame) throws IOException {
        Picture picture = drawn(frame);
        PngFile.write(png, picture.pixels(), picture.width(), picture.height());
    }

    /**
     * One frame as the content of a PNG file.
     *
     * @param frame counted from 0
     * @throws IOException if the frame cannot be read; the message names it
     * @throws IndexOutOfBoundsException if there is no such frame, naming it
     */
    public byte[] toPng(int frame) throws IOException {
        Picture picture = drawn(frame);
        return PngFile.bytes(picture.pixels(), picture.width(), picture.height());
    }

    private Picture drawn(int frame) throws IOException {
        if (frame < 0 || frame >= frames()) {
            throw new IndexOutOfBoundsException("frame must be 0 to " + (frames() - 1) + ", got " + frame);
        }
        Picture picture = new Picture(options.width(), options.height());
        scene.draw(picture, new Cue(frame, options.camera().azimuth(0)));
        return picture;
    }

    /**
     * Writes the film. The file's name decides the format: {@code .mp4}, {@code .webm}, {@code .gif}, or a directory
     * for PNG files.
     *
     * @throws IOException if a frame cannot be read or the file cannot be written; the message names it
     */
    public void writeFilm(Path film) throws IOException {
        new FilmMaker(scene, options).make(film, FilmMaker.Progress.NONE);
    }
}
