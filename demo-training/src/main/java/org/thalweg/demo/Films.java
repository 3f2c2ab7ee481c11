package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.film.FilmMaker;
import org.thalweg.video.internal.film.FilmMaker.Film;
import org.thalweg.video.internal.film.FilmMaker.Progress;
import org.thalweg.video.internal.film.Scenes;
import org.thalweg.video.internal.scene.RunFrames;
import org.thalweg.video.internal.scene.Scene;

/**
 * The films of a finished run, made from its frames on disk: {@code landscape.mp4} and {@code landscape.gif}.
 *
 * @param mp4 options of the MP4
 * @param gif options of the GIF
 */
record Films(FilmOptions mp4, FilmOptions gif) {

    /** A film of ten seconds for a slide, and a GIF of at most 4 MB for a page. */
    static final Films DEFAULT = new Films(
            FilmOptions.DEFAULT.withSize(1280, 720).withLength(10, 30).withCards(true),
            FilmOptions.DEFAULT.withSize(800, 450).withLength(8, 12).withMaxBytes(4_000_000));

    /** Makes both. The run is already safe, so a film that fails is only reported. */
    void make(Path run, Console console) {
        make(run, "landscape.mp4", mp4, console);
        make(run, "landscape.gif", gif, console);
    }

    private static void make(Path run, String name, FilmOptions options, Console console) {
        try {
            film(Scenes.of(RunFrames.open(run), options), options, run.resolve(name), console);
        } catch (IOException e) {
            console.line("film: no " + name + ": " + e.getMessage());
        }
    }

    /**
     * Makes one film and reports it.
     *
     * @throws IOException if it cannot be made; the message names the cause
     */
    static void film(Scene scene, FilmOptions options, Path file, Console console) throws IOException {
        Optional<ProgressBar> bar =
                console.isTerminal() ? Optional.of(console.progressBar("film", options.pictures())) : Optional.empty();
        try {
            long start = System.nanoTime();
            Progress progress = (pictures, of) -> bar.ifPresent(shown -> shown.stepTo(pictures));
            Film film = new FilmMaker(scene, options).make(file, progress);
            bar.ifPresent(ProgressBar::close);
            console.line(String.format(
                    Locale.ROOT,
                    "film: %s, %d pictures of %dx%d, %.1f MB, made in %.1f s",
                    film.path(),
                    film.pictures(),
                    film.width(),
                    film.height(),
                    Files.size(film.path()) / 1e6,
                    (System.nanoTime() - start) / 1e9));
        } finally {
            bar.ifPresent(ProgressBar::close);
        }
    }
}
