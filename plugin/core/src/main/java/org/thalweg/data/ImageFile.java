package org.thalweg.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.thalweg.data.ImageOptions.Size;
import org.thalweg.recording.internal.FileErrors;

/**
 * An image file in any format that Java reads: PNG, JPEG, GIF, BMP, TIFF.
 *
 * @param size width and height
 * @param planes red, green and blue, each row-major from the top, from 0 to 255
 */
record ImageFile(Size size, float[][] planes) {

    /** Rec. ITU-R BT.601, 3.5.1, as in other programs that convert colours to grey. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    /** The largest number of pixels: more than any camera has, and three planes of it fit into memory. */
    private static final long MOST_PIXELS = 1L << 26;

    /**
     * Reads a file.
     *
     * @throws IOException if it is not an image or too large; the message names it
     */
    static ImageFile read(Path file) throws IOException {
        return FileErrors.naming(file, () -> {
            try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
                Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
                if (!readers.hasNext()) {
                    throw new IOException(file + " is not an image that Java reads (PNG, JPEG, GIF, BMP, TIFF)");
                }
                ImageReader reader = readers.next();
                try {
                    reader.setInput(in, true, true);
                    return of(decoded(reader, file));
                } catch (RuntimeException e) {
                    // Readers throw these for damaged files.
                    throw new IOException(file + " is a damaged image: " + FileErrors.reason(e), e);
                } finally {
                    reader.dispose();
                }
            }
        });
    }

    /** Decodes an image after its declared size is checked, because decoding allocates memory for it. */
    private static BufferedImage decoded(ImageReader reader, Path file) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new IOException(file + " declares " + reader.getWidth(0) + "x" + reader.getHeight(0)
                    + " pixels, may have at most " + MOST_PIXELS + " in all");
        }
        return reader.read(0);
    }

    private static ImageFile of(BufferedImage image) {
        Size size = new Size(image.getWidth(), image.getHeight());
        int[] colors = image.getRGB(0, 0, size.width(), size.height(), null, 0, size.width());
        float[][] planes = new float[3][colors.length];
        for (int i = 0; i < colors.length; i++) {
            planes[0][i] = colors[i] >> 16 & 0xff;
            planes[1][i] = colors[i] >> 8 & 0xff;
            planes[2][i] = colors[i] & 0xff;
        }
        return new ImageFile(size, planes);
    }

    /** The image in another size. */
    ImageFile resized(Size to) {
        if (to.equals(size)) {
            return this;
        }
        float[][] resized = new float[planes.length][];
        for (int plane = 0; plane < planes.length; plane++) {
            resized[plane] = Resampling.resize(planes[plane], size, to);
        }
        return new ImageFile(to, resized);
    }

    /**
     * The pixels.
     *
     * @param channels 3 for red, green and blue, 1 for grey
     */
    float[][] channels(int channels) {
        if (channels == planes.length) {
            return planes;
        }
        float[] grey = new float[size.area()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = LUMA[0] * planes[0][i] + LUMA[1] * planes[1][i] + LUMA[2] * planes[2][i];
        }
        return new float[][] {grey};
    }
}
