package org.thalweg.video.internal.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.thalweg.recording.internal.OutputPath;

/** Formats of films. */
public enum FilmFormat {
    /** H.264 in MP4: plays in browsers, slides and everywhere else. */
    MP4,
    /** VP9 in WebM: smaller and slower to encode. */
    WEBM,
    /** 256 colours; plays where nothing else does. */
    GIF,
    /** One PNG file per picture, in a directory. */
    PNG_SEQUENCE;

    /**
     * Size, rate and quality of a film.
     *
     * @param width in pixels, even for MP4 and WebM
     * @param height in pixels, even for MP4 and WebM
     * @param framesPerSecond pictures per second
     * @param quality 1 to 100; 75 is the default
     */
    public record Shape(int width, int height, int framesPerSecond, int quality) {
        public Shape {
            if (width < 1 || height < 1 || (long) width * height > 100_000_000L) {
                throw new IllegalArgumentException(
                        "size must be at least 1x1 and at most 100 million pixels, got " + width + "x" + height);
            }
            if (framesPerSecond < 1 || framesPerSecond > 120) {
                throw new IllegalArgumentException("frames per second must be 1 to 120, got " + framesPerSecond);
            }
            if (quality < 1 || quality > 100) {
                throw new IllegalArgumentException("quality must be 1 to 100, got " + quality);
            }
        }
    }

    /**
     * The format for a path's extension; a directory of PNG files without one.
     *
     * @throws IOException if the extension is unknown, naming it
     */
    public static FilmFormat of(Path path) throws IOException {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        if (Files.isDirectory(path) || dot <= 0) {
            return PNG_SEQUENCE;
        }
        return switch (name.substring(dot + 1)) {
            case "mp4" -> MP4;
            case "webm" -> WEBM;
            case "gif" -> GIF;
            default ->
                throw new IOException("cannot make a film as " + path
                        + ": give a name that ends in .mp4, .webm or .gif, or a directory for PNG files");
        };
    }

    /** Whether width and height must be even, since colours are stored per 2x2 pixels. */
    public boolean needsEvenSize() {
        return this == MP4 || this == WEBM;
    }

    /**
     * Opens a film for writing.
     *
     * @param samples typical pictures of the film, {@code 0xRRGGBB}, from which GIF takes its palette; at least one
     * @throws IOException when the file cannot be written
     * @throws MissingNativesException when ffmpeg has no libraries for this platform
     */
    public FilmEncoder open(Path path, Shape shape, List<int[]> samples) throws IOException {
        if (this == PNG_SEQUENCE) {
            OutputPath.prepareDirectory(path);
        } else {
            OutputPath.prepareFile(path);
        }
        return switch (this) {
            case MP4, WEBM -> FfmpegEncoder.open(path, shape, this);
            case GIF -> GifEncoder.open(path, shape, samples);
            case PNG_SEQUENCE -> new PngSequence(path, shape);
        };
    }
}
