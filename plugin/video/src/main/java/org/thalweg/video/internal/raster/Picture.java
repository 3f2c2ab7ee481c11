package org.thalweg.video.internal.raster;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** A picture being drawn: pixels and the nearness of the scene at each. Not thread-safe. */
public final class Picture {

    private final BufferedImage image;
    private final int[] pixels;
    private final float[] nearness;

    /** A black picture of a size in pixels. */
    public Picture(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        nearness = new float[width * height];
    }

    /** Width in pixels. */
    public int width() {
        return image.getWidth();
    }

    /** Rows. */
    public int height() {
        return image.getHeight();
    }

    /** The pixels themselves, {@code 0xRRGGBB}, {@code [height * width]}; not a copy. */
    public int[] pixels() {
        return pixels;
    }

    /** The picture as a {@code BufferedImage} that shares its pixels. */
    public BufferedImage image() {
        return image;
    }

    /** Starts a new picture from a background of the same size and an empty scene. */
    public void clear(int[] background) {
        System.arraycopy(background, 0, pixels, 0, pixels.length);
        Arrays.fill(nearness, 0);
    }

    /** Antialiased graphics on the picture; dispose of it after use. */
    public Graphics2D graphics() {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    /** Whether the scene hides a point that the camera projects to this pixel at distance W. */
    public boolean hides(double x, double y, double w) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        if (column < 0 || row < 0 || column >= width() || row >= height()) {
            return false;
        }
        // Rounding must not hide what lies on the surface itself.
        return nearness[row * width() + column] > 1.004 / w;
    }

    /** 1 / W of the nearest point at each pixel, 0 if there is none; {@code [height * width]}. */
    float[] nearness() {
        return nearness;
    }
}
