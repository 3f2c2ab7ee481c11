package org.thalweg.video.internal.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a film can be written as. */
public enum FilmFormat {
    /** H.264 in MP4: browsers, slide programs, everything. */
    MP4,
    /** VP9 in WebM: smaller, slower to make. */
    WEBM,
    /** 256 colours, plays where nothing else does. */
    GIF,
    /** One PNG file a picture, in a directory. */
    PNG_SEQUENCE;

    /**
     * Shape of a film.
     *
     * @param width in pixels, even for MP4 and WebM
     * @param height in pixels, even for MP4 and WebM
     * @param framesPerSecond pictures a second
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
     * The format that a path asks for: by its extension, a directory of PNG files without one.
     *
     * @throws IOException for an extension that is none of these, naming it
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

    /** Whether both sides of a picture must be even: with colours stored for 2x2 pixels. */
    public boolean needsEvenSize() {
        return this == MP4 || this == WEBM;
    }

    /**
     * Opens a film for writing.
     *
     * @param samples pictures like those to come, {@code 0xRRGGBB}, of which GIF makes its palette; at least one
     * @throws IOException when the file cannot be written
     * @throws MissingNativesException when ffmpeg has no libraries for this platform
     */
    public FilmEncoder open(Path path, Shape shape, List<int[]> samples) throws IOException {
        Outputs.check(path, this == PNG_SEQUENCE);
        return switch (this) {
            case MP4, WEBM -> FfmpegEncoder.open(path, shape, this);
            case GIF -> GifEncoder.open(path, shape, samples);
            case PNG_SEQUENCE -> new PngSequence(path, shape);
        };
    }
}
