package org.thalweg.video.internal.raster;

import org.thalweg.video.internal.color.Srgb;

/**
 * The colour of a point of the surface or of the ground: diffuse key and fill light, sky light where the sky is open, a
 * faint gloss, and contour lines of the same width everywhere. Immutable once created; used by several threads.
 */
final class SurfaceShader {

    private static final int COLORS = 1024;
    private static final float SKY = 0.50f;
    private static final float KEY = 0.95f;
    private static final float FILL = 0.20f;
    private static final float GLOSS = 0.10f;
    /** Lines closer than this many pixels fade; at half the distance they vanish. */
    private static final float FADE = 9;

    private final HeightField field;
    private final float[] vertices;
    private final int stride;
    private final int columns;
    private final float elevation;
    private final ContourLevels levels;
    private final float[] colors;
    private final float[] groundColors;
    private final float[] lineLight;
    private final float[] clippedLight;
    private final float lineOpacity;
    private final int groundLine;
    private final Stripes stripes;
    /** Half a line's width plus half a pixel: the distance from its centre up to which it covers part of a pixel. */
    private final float lineReach;
    /** The camera's matrix without the last column, row by row. */
    private final float[] m = new float[9];

    private final float[] key;
    private final float[] fill;
    private final float[] half;

    SurfaceShader(HeightField field, Camera camera, ShadingOptions shading, Lights lights) {
        this.field = field;
        this.vertices = field.vertices();
        this.columns = field.columns();
        this.stride = columns * HeightField.CHANNELS;
        this.elevation = (float) field.elevation();
        this.levels = shading.levels();
        this.colors = shading.colors().light(COLORS);
        this.groundColors = bands(shading);
        this.lineLight = light(shading.surfaceLine());
        this.clippedLight = light(shading.clipped());
        this.lineOpacity = (float) shading.surfaceLineOpacity();
        this.groundLine = shading.groundLine();
        this.stripes = new Stripes(shading.lineWidth());
        this.lineReach = (float) shading.lineWidth() / 2 + 0.5f;
        for (int i = 0; i < m.length; i++) {
            m[i] = (float) camera.m(i / 3, i % 3);
        }
        this.key = lights.key();
        this.fill = lights.fill();
        this.half = lights.half();
    }

    /** Unit vectors towards the key light, the fill light, and halfway between key light and camera. */
    record Lights(float[] key, float[] fill, float[] half) {}

    private static float[] bands(ShadingOptions shading) {
        float[] light = new float[3 * shading.levels().bands()];
        for (int band = 0; band < shading.levels().bands(); band++) {
            float[] color = light(shading.colors().at(shading.levels().middle(band)));
            for (int channel = 0; channel < 3; channel++) {
                light[3 * band + channel] = (float) (color[channel] * shading.groundDimming());
            }
        }
        return light;
    }

    private static float[] light(int color) {
        float[] light = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            light[channel] = (float) Srgb.decode(((color >> (16 - 8 * channel)) & 0xFF) / 255.0);
        }
        return light;
    }

    /**
     * The colour, {@code 0xRRGGBB}, of a sample, or -1 in a hole.
     *
     * @param u grid column, or -1 - column on the ground
     * @param v grid row
     * @param nearness 1 / W
     * @param pixelX centre of the pixel in the picture
     * @param pixelY centre of the pixel in the picture
     */
    int shade(float u, float v, float nearness, float pixelX, float pixelY) {
        boolean surface = u >= -0.5f;
        float column = surface ? u : -1 - u;
        int c = Math.max(0, Math.min(columns - 2, (int) column));
        int r = Math.max(0, Math.min(field.rows() - 2, (int) v));
        float a = Math.max(0, Math.min(1, column - c));
        float b = Math.max(0, Math.min(1, v - r));
        int at = r * stride + c * HeightField.CHANNELS;
        float w00 = (1 - a) * (1 - b);
        float w10 = a * (1 - b);
        float w01 = (1 - a) * b;
        float w11 = a * b;
        int right = at + HeightField.CHANNELS;
        int up = at + stride;
        int both = up + HeightField.CHANNELS;
        float[] f = vertices;
        float height = w00 * f[at] + w10 * f[right] + w01 * f[up] + w11 * f[both];
        if (Float.isNaN(height)) {
            return -1;
        }
        float slopeX = w00 * f[at + 1] + w10 * f[right + 1] + w01 * f[up + 1] + w11 * f[both + 1];
        float slopeY = w00 * f[at + 2] + w10 * f[right + 2] + w01 * f[up + 2] + w11 * f[both + 2];
        if (!surface) {
            return ground(height, slopeX, slopeY, nearness, pixelX, pixelY);
        }
        float sky = w00 * f[at + 3] + w10 * f[right + 3] + w01 * f[up + 3] + w11 * f[both + 3];
        float lit = w00 * f[at + 4] + w10 * f[right + 4] + w01 * f[up + 4] + w11 * f[both + 4];
        return surface(height, slopeX, slopeY, sky, lit, nearness, pixelX, pixelY);
    }

    private int surface(
            float height,
            float slopeX,
            float slopeY,
            float sky,
            float lit,
            float nearness,
            float pixelX,
            float pixelY) {
        float perPixel2 =
                perPixelSquared(slopeX, slopeY, elevation * slopeX, elevation * slopeY, nearness, pixelX, pixelY);
        float clipped = clipped(height, perPixel2);
        float zx = (1 - clipped) * elevation * slopeX;
        float zy = (1 - clipped) * elevation * slopeY;
        float norm = 1 / (float) Math.sqrt(1 + zx * zx + zy * zy);
        float diffuse = Math.max(0, norm * (key[2] - zx * key[0] - zy * key[1])) * lit;
        float fromFill = Math.max(0, norm * (fill[2] - zx * fill[0] - zy * fill[1]));
        float gloss = Math.max(0, norm * (half[2] - zx * half[0] - zy * half[1]));
        gloss *= gloss;
        gloss *= gloss;
        gloss *= gloss;
        gloss *= gloss;
        float strength = SKY * sky * (0.5f + 0.5f * norm) + KEY * diffuse + FILL * fromFill * (0.4f + 0.6f * sky);
        float white = GLOSS * gloss * lit;
        int i = 3 * (int) (Math.max(0, Math.min(1, height)) * (COLORS - 1) + 0.5f);
        float red = colors[i];
        float green = colors[i + 1];
        float blue = colors[i + 2];
        float line = clipped < 1 ? (1 - clipped) * lineOpacity * line(height, perPixel2) : 0;
        if (line > 0) {
            red += (lineLight[0] - red) * line;
            green += (lineLight[1] - green) * line;
            blue += (lineLight[2] - blue) * line;
        }
        if (clipped > 0) {
            float share = clipped * stripes.at(pixelX, pixelY);
            red += (clippedLight[0] - red) * share;
            green += (clippedLight[1] - green) * share;
            blue += (clippedLight[2] - blue) * share;
        }
        return Srgb.pack(red * strength + white, green * strength + white, blue * strength + white);
    }

    private int ground(float height, float slopeX, float slopeY, float nearness, float pixelX, float pixelY) {
        int i = 3 * levels.band(height);
        float perPixel2 = perPixelSquared(slopeX, slopeY, 0, 0, nearness, pixelX, pixelY);
        float clipped = clipped(height, perPixel2);
        float line = clipped * stripes.at(pixelX, pixelY) * 0.6f + (1 - clipped) * 0.55f * line(height, perPixel2);
        int base = Srgb.pack(groundColors[i], groundColors[i + 1], groundColors[i + 2]);
        return line > 0 ? Srgb.mix(base, groundLine, line) : base;
    }

    /** Fraction of a pixel whose height is above the scale. */
    private static float clipped(float height, float perPixel2) {
        float over = height - 1;
        if (!(over * over < 0.25f * perPixel2)) {
            return over > 0 ? 1 : 0;
        }
        return 0.5f + over / (float) Math.sqrt(perPixel2);
    }

    /** The square of how much the height changes from a pixel to the next one across a contour line. */
    private float perPixelSquared(
            float slopeX, float slopeY, float zx, float zy, float nearness, float pixelX, float pixelY) {
        // Movement of the pixel with x and y along the surface.
        float m20 = m[6] + m[8] * zx;
        float m21 = m[7] + m[8] * zy;
        float xx = nearness * (m[0] + m[2] * zx - pixelX * m20);
        float xy = nearness * (m[1] + m[2] * zy - pixelX * m21);
        float yx = nearness * (m[3] + m[5] * zx - pixelY * m20);
        float yy = nearness * (m[4] + m[5] * zy - pixelY * m21);
        float area = xx * yy - xy * yx;
        float perX = yy * slopeX - yx * slopeY;
        float perY = xx * slopeY - xy * slopeX;
        return (perX * perX + perY * perY) / (area * area);
    }

    /**
     * Coverage of a pixel by a contour line; distance and spacing are measured on the screen, so slopes do not matter.
     */
    private float line(float height, float perPixel2) {
        float distance = levels.distance(height);
        // Nearly all pixels are flat or further from a line than it is wide.
        if (!(distance * distance < lineReach * lineReach * perPixel2) || !(perPixel2 > 1e-18f)) {
            return 0;
        }
        float perPixel = (float) Math.sqrt(perPixel2);
        float spacing = levels.spacing(levels.band(height)) / perPixel;
        float visible = Math.max(0, Math.min(1, 2 * spacing / FADE - 1));
        return visible * Math.max(0, Math.min(1, lineReach - distance / perPixel));
    }
}
