package org.thalweg.video.internal.film;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.encode.FilmEncoder;
import org.thalweg.video.internal.encode.FilmFormat;
import org.thalweg.video.internal.encode.FilmFormat.Shape;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.Scene;
import org.thalweg.video.internal.scene.Scene.Cue;

/**
 * Draws the pictures of a film in parallel and hands them to an encoder in order. At most one picture per core plus one
 * is in memory, so memory does not grow with the film. Immutable and thread-safe.
 */
public final class FilmMaker {

    /** Fraction of the film during which the first frame stands still; {@link #ENDING} is the last one's. */
    private static final double OPENING = 0.01;

    private static final double ENDING = 0.14;

    /** How long a card is visible, and its largest fraction of the film. */
    private static final double CARD_SECONDS = 2.4;

    private static final double CARD = 0.2;

    /** Number of pictures from which GIF takes its palette. */
    private static final int SAMPLES = 8;

    private static final int ATTEMPTS = 6;

    private final Scene scene;
    private final FilmOptions options;

    /** Makes films of a scene. */
    public FilmMaker(Scene scene, FilmOptions options) {
        this.scene = scene;
        this.options = options;
    }

    /** Receives progress reports. */
    public interface Progress {
        /** Called after each picture. */
        void done(int pictures, int of);

        /** Ignores everything. */
        Progress NONE = (pictures, of) -> {};
    }

    /** The written film. */
    public record Film(Path path, FilmFormat format, int width, int height, int pictures) {}

    /** Time and camera of a picture, counted from 0. */
    public Cue cue(int picture) {
        int pictures = options.pictures();
        double share = pictures == 1 ? 1 : picture / (pictures - 1.0);
        // A film of a single picture has no cards.
        double card = options.cards() && pictures > 1 ? Math.min(CARD, CARD_SECONDS / options.seconds()) : 0;
        double run = Math.max(0, Math.min(1, (share - OPENING - card) / (1 - OPENING - ENDING - 2 * card)));
        return new Cue(
                run * scene.lastTime(),
                options.camera().azimuth(share),
                card > 0 ? visible(card - share, card) : 0,
                card > 0 ? visible(share - (1 - card), card) : 0);
    }

    /** A card fades in or out during a third of its time. */
    private static double visible(double left, double card) {
        return Math.max(0, Math.min(1, 3 * left / card));
    }

    /**
     * Makes the film in the format that the path's extension names. An odd size becomes even where the format requires
     * it; with a size limit, a GIF shrinks until it fits.
     *
     * @throws IOException naming the file, when it cannot be written or a frame cannot be read
     */
    public Film make(Path path, Progress progress) throws IOException {
        FilmFormat format = FilmFormat.of(path);
        int mask = format.needsEvenSize() ? ~1 : ~0;
        int width = options.width() & mask;
        int height = options.height() & mask;
        for (int attempt = 1; ; attempt++) {
            write(path, format, width, height, progress);
            long limit = format == FilmFormat.GIF ? options.maxBytes() : 0;
            if (limit == 0 || Files.size(path) <= limit) {
                return new Film(path, format, width, height, options.pictures());
            }
            double factor = Math.min(0.97, 0.96 * Math.sqrt((double) limit / Files.size(path)));
            width = (int) Math.round(width * factor);
            height = (int) Math.round(height * factor);
            if (attempt == ATTEMPTS || width < 160 || height < 90) {
                throw new IOException("cannot make " + path + " in " + limit
                        + " bytes: allow more, or choose fewer seconds or frames per second");
            }
        }
    }

    private void write(Path path, FilmFormat format, int width, int height, Progress progress) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService painters = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "thalweg-film");
            thread.setDaemon(true);
            return thread;
        });
        Shape shape = new Shape(width, height, options.framesPerSecond(), options.quality());
        try (FilmEncoder encoder = format.open(path, shape, samples(format, width, height))) {
            Deque<Picture> free = new ArrayDeque<>();
            for (int i = 0; i < threads + 1; i++) {
                free.add(new Picture(width, height));
            }
            Deque<Future<Picture>> drawn = new ArrayDeque<>();
            int pictures = options.pictures();
            int next = 0;
            for (int written = 0; written < pictures; written++) {
                while (next < pictures && !free.isEmpty()) {
                    drawn.add(draw(painters, free.remove(), cue(next++)));
                }
                Picture picture = get(drawn.remove());
                encoder.add(picture.pixels());
                free.add(picture);
                progress.done(written + 1, pictures);
            }
            encoder.finish();
        } finally {
            painters.shutdownNow();
        }
    }

    private Future<Picture> draw(ExecutorService painters, Picture picture, Cue cue) {
        return painters.submit(() -> {
            scene.draw(picture, cue);
            return picture;
        });
    }

    private static Picture get(Future<Picture> picture) throws IOException {
        try {
            return picture.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while drawing", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException reading) {
                throw new IOException(reading.getMessage(), reading);
            }
            throw new IllegalStateException("a picture could not be drawn", e.getCause());
        }
    }

    private List<int[]> samples(FilmFormat format, int width, int height) {
        List<int[]> samples = new ArrayList<>();
        int count = format == FilmFormat.GIF ? SAMPLES : 0;
        for (int i = 0; i < count; i++) {
            Picture picture = new Picture(width, height);
            scene.draw(picture, cue((int) ((i + 0.5) * options.pictures() / count)));
            samples.add(picture.pixels());
        }
        return samples;
    }
}
