package org.thalweg.video.film;

import java.util.Optional;
import java.util.function.Consumer;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;

/**
 * Options of films and pictures. Immutable; start from {@link #DEFAULT} and change what you need.
 *
 * @param style what to show
 * @param width of a picture in pixels
 * @param height of a picture in pixels
 * @param framesPerSecond pictures per second
 * @param seconds length of the film
 * @param quality of MP4 and WebM, 1 to 100
 * @param values meaning of height and colour
 * @param theme dark or light
 * @param colors colour map of the loss
 * @param camera movement of the camera
 * @param samples samples along each side of a pixel: 2 for smooth outlines, 1 for speed
 * @param maxBytes GIF only: largest size of the file, for which pictures shrink if necessary; 0 for no limit
 * @param cards whether a title card opens the film and a card with the results closes it
 * @param title replaces the run's name; empty for the name
 * @since 0.2.0
 */
public record FilmOptions(
        FilmStyle style,
        int width,
        int height,
        int framesPerSecond,
        double seconds,
        int quality,
        ValueOptions values,
        Theme theme,
        ColorMap colors,
        CameraPath camera,
        int samples,
        long maxBytes,
        boolean cards,
        Optional<String> title) {

    /** 12 seconds of 1080p at 30 pictures per second: dark, logarithmic, with an orbiting camera, without cards. */
    public static final FilmOptions DEFAULT = new FilmOptions(
            FilmStyle.SURFACE,
            1920,
            1080,
            30,
            12,
            75,
            ValueOptions.DEFAULT,
            Theme.DARK,
            ColorMap.VIRIDIS,
            CameraPath.ORBIT,
            2,
            0,
            false,
            Optional.empty());

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
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be 1 to 100, got " + quality);
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("the size limit must not be negative, got " + maxBytes + " bytes");
        }
    }

    /** Number of pictures in the film, at least 1. */
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

    /** The same with another length and frame rate. */
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

    /** The same with other heights and colours. */
    public FilmOptions withValues(ValueOptions other) {
        return change(changes -> changes.values = other);
    }

    /** The same with logarithmic or linear heights. */
    public FilmOptions withLogarithmic(boolean other) {
        return withValues(values.withLogarithmic(other));
    }

    /** The same under another title than the run's name. */
    public FilmOptions withTitle(String other) {
        return change(changes -> changes.title = Optional.of(other));
    }

    /** The same with another camera. */
    public FilmOptions withCamera(CameraPath other) {
        return change(changes -> changes.camera = other);
    }

    /** The same with other samples per pixel and another quality of MP4 and WebM. */
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

    /** A mutable copy of the options. */
    private static final class Changes {

        private FilmStyle style;
        private int width;
        private int height;
        private int framesPerSecond;
        private double seconds;
        private int quality;
        private ValueOptions values;
        private Theme theme;
        private ColorMap colors;
        private CameraPath camera;
        private int samples;
        private long maxBytes;
        private boolean cards;
        private Optional<String> title;

        Changes(FilmOptions from) {
            style = from.style;
            width = from.width;
            height = from.height;
            framesPerSecond = from.framesPerSecond;
            seconds = from.seconds;
            quality = from.quality;
            values = from.values;
            theme = from.theme;
            colors = from.colors;
            camera = from.camera;
            samples = from.samples;
            maxBytes = from.maxBytes;
            cards = from.cards;
            title = from.title;
        }

        FilmOptions applied() {
            return new FilmOptions(
                    style,
                    width,
                    height,
                    framesPerSecond,
                    seconds,
                    quality,
                    values,
                    theme,
                    colors,
                    camera,
                    samples,
                    maxBytes,
                    cards,
                    title);
        }
    }
}
