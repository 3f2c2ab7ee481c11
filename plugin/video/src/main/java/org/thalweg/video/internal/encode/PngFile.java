package org.thalweg.video.internal.encode;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.OutputPath;

/** A picture as a PNG file, 8 bits a channel (ISO/IEC 15948). Thread-safe. */
public final class PngFile {

    private static final int RED = 0xFF0000;
    private static final int GREEN = 0xFF00;
    private static final int BLUE = 0xFF;

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
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // ImageIO's own choice of a stream keeps a copy in a file, unless a setting of the whole process says
        // otherwise.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(image(pixels, width, height));
        } catch (IIOException e) {
            // Its own message does not say that the disk is full.
            throw e.getCause() instanceof IOException reason ? reason : e;
        } finally {
            writer.dispose();
        }
    }

    /** The pixels as an image, without a copy. */
    private static BufferedImage image(int[] pixels, int width, int height) {
        DirectColorModel colors = new DirectColorModel(24, RED, GREEN, BLUE);
        WritableRaster raster = Raster.createPackedRaster(
                new DataBufferInt(pixels, pixels.length), width, height, width, colors.getMasks(), null);
        return new BufferedImage(colors, raster, false, null);
    }
}
