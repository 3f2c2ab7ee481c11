package org.thalweg.video.internal.encode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Pictures as {@code 00001.png}, {@code 00002.png}, ... in a directory. */
final class PngSequence implements FilmEncoder {

    private final Path directory;
    private final FilmFormat.Shape shape;
    private int written;

    PngSequence(Path directory, FilmFormat.Shape shape) {
        this.directory = directory;
        this.shape = shape;
    }

    @Override
    public void add(int[] pixels) throws IOException {
        written++;
        PngFile.writePrepared(
                directory.resolve(String.format(Locale.ROOT, "%05d.png", written)),
                pixels,
                shape.width(),
                shape.height());
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
}
