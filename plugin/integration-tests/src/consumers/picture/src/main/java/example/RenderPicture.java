package example;

import java.nio.file.Path;
import org.thalweg.video.RunFilm;
import org.thalweg.video.film.FilmOptions;

/** The last frame of a run as a picture. */
public final class RenderPicture {

    private RenderPicture() {}

    public static void main(String[] args) throws Exception {
        RunFilm film = RunFilm.of(Path.of(args[0]), FilmOptions.DEFAULT.withSize(640, 360));
        film.writeImage(Path.of(args[1]), film.frames() - 1);
    }
}
