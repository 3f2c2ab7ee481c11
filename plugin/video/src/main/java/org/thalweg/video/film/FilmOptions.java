package org.thalweg.video.film;

import java.util.function.Consumer;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;

/**
 * How films and pictures are made. Immutable; start from {@link #DEFAULT} and change what is to be different.
 *
 * @param style what is shown
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param framesPerSecond pictures a second
 * @param seconds length of the film
 * @param quality of MP4 and WebM, 1 to 100
 * @param logarithmic whether heights are logarithms of the loss; falls back to linear where a loss is not positive
 * @param theme dark or light
 * @param colors of the losses
 * @param camera how it moves
 * @param samples points a pixel's side at which outlines are looked at: 2 for smooth ones, 1 for speed
 * @param maxBytes GIF only: pictures are made smaller until the file is, 0 for no limit
 * @param cards whether the film begins with a card that says what it shows and ends with one that says what came out
 * @since 0.2.0
 */
public record FilmOptions(
        FilmStyle style,
        int width,
        int height,
        int framesPerSecond,
        double seconds,
        int quality,
        boolean logarithmic,
        Theme theme,
        ColorMap colors,
        CameraPath camera,
        int samples,
        long maxBytes,
        boolean cards) {

    /** 12 seconds of 1080p with 30 pictures a second, dark, logarithmic, around the surface, without cards. */
    public static final FilmOptions DEFAULT = new FilmOptions(
            FilmStyle.SURFACE,
            1920,
            1080,
            30,
            12,
            75,
            true,
            Theme.DARK,
            ColorMap.VIRIDIS,
            CameraPath.ORBIT,
            2,
            0,
            false);

    public FilmOptions {
        if (width < 160 || height < 90 || (long) width * height > 40_000_000L) {
            throw new IllegalArgumentException(
                    "size must be at least 160x90 and at most 40 million pixels, got " + width + "x" + height);
        }
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("seconds must be more than 0 and at most 3600, got " + seconds);
        }
        if (framesPerSecond < 1 || framesPerSecond > 120) {
            throw new IllegalArgumentException("frames per second must be 1 to 120, got " + framesPerSecond);
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("the size limit must not be negative, got " + maxBytes + " bytes");
        }
    }

    /** Pictures of the whole film, at least 1. */
    public int pictures() {
        return (int) Math.max(1, Math.round(seconds * framesPerSecond));
    }

    /** The same in another style. */
    public FilmOptions withStyle(FilmStyle other) {
        return change(changes -> changes.style = other);
    }

    /** The same in another size. */
    public FilmOptions withSize(int otherWidth, int otherHeight) {
        return change(changes -> {
            changes.width = otherWidth;
            changes.height = otherHeight;
        });
    }

    /** The same at another pace. */
    public FilmOptions withLength(double otherSeconds, int otherFramesPerSecond) {
        return change(changes -> {
            changes.seconds = otherSeconds;
            changes.framesPerSecond = otherFramesPerSecond;
        });
    }

    /** The same in other colours. */
    public FilmOptions withColors(Theme otherTheme, ColorMap otherColors) {
        return change(changes -> {
            changes.theme = otherTheme;
            changes.colors = otherColors;
        });
    }

    /** The same with heights by the logarithm of the loss, or by the loss. */
    public FilmOptions withLogarithmic(boolean other) {
        return change(changes -> changes.logarithmic = other);
    }

    /** The same with another camera. */
    public FilmOptions withCamera(CameraPath other) {
        return change(changes -> changes.camera = other);
    }

    /** The same with another effort for outlines and another quality of MP4 and WebM. */
    public FilmOptions withEffort(int otherSamples, int otherQuality) {
        return change(changes -> {
            changes.samples = otherSamples;
            changes.quality = otherQuality;
        });
    }

    /** The same with another limit for GIF files. */
    public FilmOptions withMaxBytes(long other) {
        return change(changes -> changes.maxBytes = other);
    }

    /** The same with or without cards at its beginning and end. */
    public FilmOptions withCards(boolean other) {
        return change(changes -> changes.cards = other);
    }

    private FilmOptions change(Consumer<Changes> change) {
        Changes changes = new Changes(this);
        change.accept(changes);
        return changes.applied();
    }

    /** The options while some of them are being changed. */
    private static final class Changes {

        private FilmStyle style;
        private int width;
        private int height;
        private int framesPerSecond;
        private double seconds;
        private int quality;
        private boolean logarithmic;
        private Theme theme;
        private ColorMap colors;
        private CameraPath camera;
        private int samples;
        private long maxBytes;
        private boolean cards;

        Changes(FilmOptions from) {
            style = from.style;
            width = from.width;
            height = from.height;
            framesPerSecond = from.framesPerSecond;
            seconds = from.seconds;
            quality = from.quality;
            logarithmic = from.logarithmic;
            theme = from.theme;
            colors = from.colors;
            camera = from.camera;
            samples = from.samples;
            maxBytes = from.maxBytes;
            cards = from.cards;
        }

        FilmOptions applied() {
            return new FilmOptions(
                    style,
                    width,
                    height,
                    framesPerSecond,
                    seconds,
                    quality,
                    logarithmic,
                    theme,
                    colors,
                    camera,
                    samples,
                    maxBytes,
                    cards);
        }
    }
}
