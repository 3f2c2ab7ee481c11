package org.thalweg.video.internal.encode;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.OutputPath;

/** A picture as a PNG file, 8 bits a channel (ISO/IEC 15948). Thread-safe. */
public final class PngFile {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte UP = 2;

    private PngFile() {}

    /**
     * Writes a picture.
     *
     * @param pixels {@code 0xRRGGBB}, {@code [height * width]}
     * @throws IOException naming the file, when it cannot be written
     */
    public static void write(Path path, int[] pixels, int width, int height) throws IOException {
        OutputPath.prepareFile(path);
        writePrepared(path, pixels, width, height);
    }

    /** As {@link #write}, in a directory that is known to be writable. */
    static void writePrepared(Path path, int[] pixels, int width, int height) throws IOException {
        AtomicFile.write(path, part -> {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                write(file, pixels, width, height);
            }
        });
    }

    /** The content of the file that {@link #write} writes. */
    public static byte[] bytes(int[] pixels, int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes, pixels, width, height);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream file, int[] pixels, int width, int height) throws IOException {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "pixels must be " + width + "x" + height + " values, got " + pixels.length);
        }
        file.write(SIGNATURE);
        chunk(file, "IHDR", header(width, height), 13);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        try {
            data(file, deflater, filtered(pixels, width, height));
        } finally {
            deflater.end();
        }
        chunk(file, "IEND", new byte[0], 0);
    }

    private static byte[] header(int width, int height) {
        // Depth 8, colour type 2: red, green, blue; compression, filter and interlace methods 0.
        return new byte[] {
            (byte) (width >> 24),
            (byte) (width >> 16),
            (byte) (width >> 8),
            (byte) width,
            (byte) (height >> 24),
            (byte) (height >> 16),
            (byte) (height >> 8),
            (byte) height,
            8,
            2,
            0,
            0,
            0
        };
    }

    /** Subtracts the byte above from each byte, so backgrounds become zeros. */
    private static byte[] filtered(int[] pixels, int width, int height) {
        byte[] bytes = new byte[height * (1 + 3 * width)];
        int at = 0;
        for (int row = 0; row < height; row++) {
            bytes[at++] = UP;
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                int here = pixels[i];
                int above = row == 0 ? 0 : pixels[i - width];
                bytes[at++] = (byte) ((here >> 16) - (above >> 16));
                bytes[at++] = (byte) ((here >> 8) - (above >> 8));
                bytes[at++] = (byte) (here - above);
            }
        }
        return bytes;
    }

    private static void data(OutputStream file, Deflater deflater, byte[] bytes) throws IOException {
        deflater.setInput(bytes);
        deflater.finish();
        byte[] block = new byte[1 << 16];
        while (!deflater.finished()) {
            int length = deflater.deflate(block);
            chunk(file, "IDAT", block, length);
        }
    }

    private static void chunk(OutputStream file, String type, byte[] content, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content, 0, length);
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(length);
        out.write(name);
        out.write(content, 0, length);
        out.writeInt((int) crc.getValue());
        out.flush();
    }
}
