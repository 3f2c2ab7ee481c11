package org.thalweg.video.raster;

import org.thalweg.video.color.Srgb;

/**
 * The colour of a point of the surface or of the ground: diffuse key and fill light, sky light where the sky is open, a
 * faint gloss, and contour lines of the same width everywhere. Immutable once made; used by several threads.
 */
final class SurfaceShader {

    private static final int COLORS = 1024;
    private static final float SKY = 0.50f;
    private static final float KEY = 0.95f;
    private static final float FILL = 0.20f;
    private static final float GLOSS = 0.10f;
    /** Closer than this many pixels, lines fade; half as close, there are none. */
    private static final float FADE = 9;
    /** Width of a stripe on clipped heights, in pixels a 1000 of distance. */
    private static final float STRIPES = 0.11f;

    private final Relief relief;
    private final float[] vertices;
    private final int stride;
    private final int columns;
    private final float elevation;
    private final double groundZ;
    private final Look look;
    private final float[] colors;
    private final float[] groundColors;
    private final float[] lineLight;
    private final float[] clippedLight;
    private final Camera camera;
    private final float[] key;
    private final float[] fill;
    private final float[] half;

    SurfaceShader(Relief relief, Camera camera, Look look, Lights lights, double groundZ) {
        this.relief = relief;
        this.vertices = relief.vertices();
        this.columns = relief.columns();
        this.stride = columns * Relief.CHANNELS;
        this.elevation = (float) relief.elevation();
        this.groundZ = groundZ;
        this.look = look;
        this.colors = look.colors().light(COLORS);
        this.groundColors = bands(look);
        this.lineLight = light(look.surfaceLine());
        this.clippedLight = light(look.clipped());
        this.camera = camera;
        this.key = lights.key();
        this.fill = lights.fill();
        this.half = lights.half();
    }

    /** Unit vectors towards the key light, the fill light, and halfway between key light and camera. */
    record Lights(float[] key, float[] fill, float[] half) {}

    private static float[] bands(Look look) {
        float[] light = new float[3 * look.levels().bands()];
        for (int band = 0; band < look.levels().bands(); band++) {
            float[] color = light(look.colors().at(look.levels().middle(band)));
            for (int channel = 0; channel < 3; channel++) {
                light[3 * band + channel] = (float) (color[channel] * look.groundDimming());
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
        int r = Math.max(0, Math.min(relief.rows() - 2, (int) v));
        float a = Math.max(0, Math.min(1, column - c));
        float b = Math.max(0, Math.min(1, v - r));
        int at = r * stride + c * Relief.CHANNELS;
        float w00 = (1 - a) * (1 - b);
        float w10 = a * (1 - b);
        float w01 = (1 - a) * b;
        float w11 = a * b;
        int right = at + Relief.CHANNELS;
        int up = at + stride;
        int both = up + Relief.CHANNELS;
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
        boolean clipped = height > 1;
        float zx = clipped ? 0 : elevation * slopeX;
        float zy = clipped ? 0 : elevation * slopeY;
        float norm = (float) (1 / Math.sqrt(1 + zx * zx + zy * zy));
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
        if (clipped) {
            float share = stripe(pixelX, pixelY);
            red += (clippedLight[0] - red) * share;
            green += (clippedLight[1] - green) * share;
            blue += (clippedLight[2] - blue) * share;
        } else {
            float share =
                    (float) look.surfaceLineOpacity() * line(height, slopeX, slopeY, zx, zy, nearness, pixelX, pixelY);
            red += (lineLight[0] - red) * share;
            green += (lineLight[1] - green) * share;
            blue += (lineLight[2] - blue) * share;
        }
        return Srgb.pack(red * strength + white, green * strength + white, blue * strength + white);
    }

    private int ground(float height, float slopeX, float slopeY, float nearness, float pixelX, float pixelY) {
        int i = 3 * look.levels().band(height);
        float line = height > 1
                ? stripe(pixelX, pixelY) * 0.6f
                : 0.55f * line(height, slopeX, slopeY, 0, 0, nearness, pixelX, pixelY);
        int base = Srgb.pack(groundColors[i], groundColors[i + 1], groundColors[i + 2]);
        return line > 0 ? Srgb.mix(base, look.groundLine(), line) : base;
    }

    /** Share of a contour line in a pixel: distance and spacing are taken along the screen, so slopes do not matter. */
    private float line(
            float height, float slopeX, float slopeY, float zx, float zy, float nearness, float pixelX, float pixelY) {
        // How the pixel moves with x and with y along the surface.
        float m20 = (float) (camera.m(2, 0) + camera.m(2, 2) * zx);
        float m21 = (float) (camera.m(2, 1) + camera.m(2, 2) * zy);
        float xx = nearness * ((float) (camera.m(0, 0) + camera.m(0, 2) * zx) - pixelX * m20);
        float xy = nearness * ((float) (camera.m(0, 1) + camera.m(0, 2) * zy) - pixelX * m21);
        float yx = nearness * ((float) (camera.m(1, 0) + camera.m(1, 2) * zx) - pixelY * m20);
        float yy = nearness * ((float) (camera.m(1, 1) + camera.m(1, 2) * zy) - pixelY * m21);
        float area = xx * yy - xy * yx;
        float perX = (yy * slopeX - yx * slopeY) / area;
        float perY = (xx * slopeY - xy * slopeX) / area;
        float perPixel = (float) Math.sqrt(perX * perX + perY * perY);
        if (!(perPixel > 1e-9f)) {
            return 0;
        }
        int band = look.levels().band(height);
        float spacing = look.levels().spacing(band) / perPixel;
        float visible = Math.max(0, Math.min(1, 2 * spacing / FADE - 1));
        if (visible == 0) {
            return 0;
        }
        float pixels = look.levels().distance(height, band) / perPixel;
        float inside = (float) look.lineWidth() / 2 + 0.5f - pixels;
        return visible * Math.max(0, Math.min(1, inside));
    }

    private static float stripe(float pixelX, float pixelY) {
        float phase = (pixelX + pixelY) * STRIPES;
        float saw = phase - (float) Math.floor(phase);
        return saw < 0.5f ? 0.85f : 0.25f;
    }

    /** z of the ground. */
    double groundZ() {
        return groundZ;
    }
}
