package org.thalweg.video.color;

import java.util.Locale;
import org.thalweg.video.internal.color.Srgb;

/**
 * Published colour maps, interpolated from their control points. Immutable.
 *
 * <p>Viridis and magma: N. Smith and S. van der Walt, 2015, CC0. Cividis: J. R. Nunez, C. R. Anderton, R. S. Renslow,
 * "Optimizing colormaps with consideration for color vision deficiency", PLoS ONE 13(7), 2018; evenly spaced entries of
 * the published tables of 256, between which a cubic runs within 2 of 255 of the table. Cool to warm: K. Moreland,
 * "Diverging color maps for scientific visualization", 2009, from its two end colours through its Msh space.
 *
 * @since 0.2.0
 */
@SuppressWarnings("ImmutableEnumChecker") // the control points are never written to
public enum ColorMap {
    /** Dark violet over green to yellow. */
    VIRIDIS(
            0x440154, 0x481769, 0x472A7A, 0x433D84, 0x3D4E8A, 0x355E8D, 0x2E6D8E, 0x297B8E, 0x23898E, 0x1F978B,
            0x21A585, 0x2EB37C, 0x46C06F, 0x65CB5E, 0x89D548, 0xB0DD2F, 0xD8E219, 0xFDE725),
    /** Black over purple to pale yellow. */
    MAGMA(
            0x000004, 0x090720, 0x1A1042, 0x311165, 0x4A1079, 0x621980, 0x792282, 0x912B81, 0xAA337D, 0xC23B75,
            0xD9466B, 0xEC5860, 0xF7725C, 0xFC8E64, 0xFEAA74, 0xFEC68A, 0xFDE2A3, 0xFCFDBF),
    /** Dark blue over grey to yellow; looks the same with red-green colour blindness. */
    CIVIDIS(
            0x00224E, 0x002656, 0x002A5F, 0x002D68, 0x003070, 0x083370, 0x163770, 0x203A6F, 0x273E6E, 0x2E416D,
            0x34456C, 0x3A486C, 0x3F4C6C, 0x444F6C, 0x49536C, 0x4E566C, 0x535A6D, 0x575D6D, 0x5C616E, 0x60646F,
            0x656870, 0x696B71, 0x6D6F72, 0x727274, 0x767676, 0x7A7A78, 0x7E7D78, 0x838179, 0x888578, 0x8D8878,
            0x928C78, 0x969077, 0x9B9476, 0xA09875, 0xA59C74, 0xAAA073, 0xAFA471, 0xB5A86F, 0xBAAC6D, 0xBFB06B,
            0xC4B468, 0xC9B965, 0xCFBD62, 0xD4C15F, 0xDAC65B, 0xDFCA57, 0xE5CF52, 0xEAD34C, 0xF0D846, 0xF6DD3F,
            0xFCE236, 0xFEE838),
    /** Blue over grey to red, for values on both sides of a centre. */
    COOLWARM(CoolWarm.points(33));

    private final int[] points;

    ColorMap(int... points) {
        this.points = points;
    }

    /** The name on the command line: {@code viridis}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The colour, {@code 0xRRGGBB}, of a position from 0 to 1; positions outside are clamped. */
    public int at(double position) {
        double p = Math.max(0, Math.min(1, position)) * (points.length - 1);
        int i = Math.min((int) p, points.length - 2);
        double share = p - i;
        int color = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double value = cubic(point(i - 1, shift), point(i, shift), point(i + 1, shift), point(i + 2, shift), share);
            color |= (int) Math.round(Math.max(0, Math.min(255, value))) << shift;
        }
        return color;
    }

    private int point(int i, int shift) {
        return (points[Math.max(0, Math.min(points.length - 1, i))] >> shift) & 0xFF;
    }

    /** Catmull-Rom spline from b to c. */
    private static double cubic(double a, double b, double c, double d, double t) {
        return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    /** Linear light at evenly spaced positions, {@code [3 * size]}. */
    public float[] light(int size) {
        float[] light = new float[3 * size];
        for (int i = 0; i < size; i++) {
            int color = at(i / (size - 1.0));
            for (int channel = 0; channel < 3; channel++) {
                light[3 * i + channel] = (float) Srgb.decode(((color >> (16 - 8 * channel)) & 0xFF) / 255.0);
            }
        }
        return light;
    }
}
