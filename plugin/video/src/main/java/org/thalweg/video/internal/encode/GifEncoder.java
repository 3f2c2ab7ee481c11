package org.thalweg.video.internal.encode;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.recording.internal.AtomicFile;

/**
 * An endless animated GIF (GIF89a) with one palette. Each picture stores the rectangle that changed, with unchanged
 * pixels transparent. Not thread-safe.
 */
final class GifEncoder implements FilmEncoder {

    private static final int TRANSPARENT = 255;

    private final Path path;
    private final Path part;
    private final OutputStream out;
    private final FilmFormat.Shape shape;
    private final Palette palette;
    private byte[] previous = new byte[0];
    private int written;
    private boolean finished;

    private GifEncoder(Path path, Path part, OutputStream out, FilmFormat.Shape shape, Palette palette) {
        this.path = path;
        this.part = part;
        this.out = out;
        this.shape = shape;
        this.palette = palette;
    }

    static GifEncoder open(Path path, FilmFormat.Shape shape, List<int[]> samples) throws IOException {
        Path part = AtomicFile.part(path);
        OutputStream out;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
        } catch (IOException e) {
            throw AtomicFile.failure(part, path, e);
        }
        GifEncoder gif = new GifEncoder(path, part, out, shape, Palette.of(samples));
        try {
            gif.header();
        } catch (IOException e) {
            gif.close();
            throw AtomicFile.failure(part, path, e);
        }
        return gif;
    }

    private void header() throws IOException {
        out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
        writeShort(shape.width());
        writeShort(shape.height());
        // A global palette of 256 colours.
        out.write(0xF7);
        out.write(0);
        out.write(0);
        int[] colors = palette.colors();
        for (int i = 0; i < 256; i++) {
            int color = i < colors.length ? colors[i] : 0;
            out.write(color >> 16);
            out.write(color >> 8);
            out.write(color);
        }
        // Repeats forever.
        out.write(new byte[] {0x21, (byte) 0xFF, 11});
        out.write("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {3, 1, 0, 0, 0});
    }

    @Override
    public void add(int[] pixels) throws IOException {
        try {
            write(pixels);
        } catch (IOException e) {
            throw AtomicFile.failure(part, path, e);
        }
    }

    private void write(int[] pixels) throws IOException {
        byte[] indices = palette.indices(pixels, shape.width());
        Changed changed = Changed.between(previous, indices, shape);
        // Hundredths of a second, distributed so that the whole film keeps its length.
        long rate = shape.framesPerSecond();
        long delay = Math.round(100.0 * (written + 1) / rate) - Math.round(100.0 * written / rate);
        written++;
        out.write(new byte[] {0x21, (byte) 0xF9, 4, (1 << 2) | 1});
        writeShort((int) delay);
        out.write(TRANSPARENT);
        out.write(0);
        out.write(0x2C);
        writeShort(changed.left);
        writeShort(changed.top);
        writeShort(changed.width);
        writeShort(changed.height);
        out.write(0);
        new LzwWriter(out, 8).write(changed.indices, changed.indices.length);
        previous = indices;
    }

    private record Changed(int left, int top, int width, int height, byte[] indices) {

        static Changed between(byte[] before, byte[] now, FilmFormat.Shape shape) {
            if (before.length == 0) {
                return new Changed(0, 0, shape.width(), shape.height(), now);
            }
            int left = shape.width();
            int right = -1;
            int top = shape.height();
            int bottom = -1;
            for (int i = 0; i < now.length; i++) {
                if (now[i] != before[i]) {
                    left = Math.min(left, i % shape.width());
                    right = Math.max(right, i % shape.width());
                    top = Math.min(top, i / shape.width());
                    bottom = i / shape.width();
                }
            }
            if (right < 0) {
                return new Changed(0, 0, 1, 1, new byte[] {(byte) TRANSPARENT});
            }
            int width = right - left + 1;
            int height = bottom - top + 1;
            byte[] indices = new byte[width * height];
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int i = (top + row) * shape.width() + left + column;
                    indices[row * width + column] = now[i] == before[i] ? (byte) TRANSPARENT : now[i];
                }
            }
            return new Changed(left, top, width, height, indices);
        }
    }

    @Override
    public void finish() throws IOException {
        try {
            out.write(0x3B);
            out.close();
            finished = true;
            AtomicFile.publish(part, path);
        } catch (IOException e) {
            throw AtomicFile.failure(part, path, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            out.close();
        }
        AtomicFile.discard(part);
    }

    private void writeShort(int value) throws IOException {
        out.write(value);
        out.write(value >> 8);
    }
}
