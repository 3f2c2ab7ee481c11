package org.thalweg.video.internal.raster;

/** Slanted stripes that mark values above the scale, as wide as six contour lines, with smooth edges. Immutable. */
final class Stripes {

    private static final double LINES_A_PAIR = 6;
    private static final float LEAST = 0.25f;
    private static final float MOST = 0.85f;

    private final float perPixel;
    /** Slope of the sawtooth per pixel across a stripe. */
    private final float edge;

    /** Stripes for contour lines of a width in pixels. */
    Stripes(double lineWidth) {
        perPixel = (float) (1 / (LINES_A_PAIR * lineWidth));
        edge = (float) (2 * Math.sqrt(2) * perPixel);
    }

    /** Weight of the stripes' colour at a pixel. */
    float at(float pixelX, float pixelY) {
        float phase = (pixelX + pixelY) * perPixel;
        float saw = Math.abs(2 * (phase - (float) Math.floor(phase)) - 1);
        float inside = Math.max(0, Math.min(1, 0.5f + (0.5f - saw) / edge));
        return LEAST + (MOST - LEAST) * inside;
    }
}
