package org.thalweg.video.color;

import org.thalweg.video.internal.color.Srgb;

/**
 * Moreland's map from cool to warm: K. Moreland, "Diverging color maps for scientific visualization", ISVC 2009. Msh is
 * the polar form of CIELAB: M the distance from black, s the angle from the lightness axis, h the hue. Both halves meet
 * at white; near it the hue spins, since an unsaturated colour would otherwise jump.
 */
final class CoolWarm {

    private static final int COOL = 0x3B4CC0;
    private static final int WARM = 0xB40426;
    private static final double WHITE_M = 88;
    /** CIE D65 white, 2 degree observer. */
    private static final double[] WHITE_XYZ = {0.9505, 1.0, 1.089};

    private CoolWarm() {}

    static int[] points(int count) {
        int[] points = new int[count];
        for (int i = 0; i < count; i++) {
            points[i] = at(i / (count - 1.0));
        }
        return points;
    }

    private static int at(double position) {
        double[] end = msh(position < 0.5 ? COOL : WARM);
        double middle = Math.max(WHITE_M, Math.max(msh(COOL)[0], msh(WARM)[0]));
        double share = Math.abs(2 * position - 1);
        double m = middle + (end[0] - middle) * share;
        double s = end[1] * share;
        double unsaturated = hueNearWhite(end, middle);
        return color(m, s, unsaturated + (end[2] - unsaturated) * share);
    }

    /** Section 5 of the paper: the hue that keeps steps in colour space even towards white. */
    private static double hueNearWhite(double[] end, double middle) {
        if (end[0] >= middle) {
            return end[2];
        }
        double spin = end[1] * Math.sqrt(middle * middle - end[0] * end[0]) / (end[0] * Math.sin(end[1]));
        return end[2] > -Math.PI / 3 ? end[2] + spin : end[2] - spin;
    }

    private static double[] msh(int color) {
        double r = Srgb.decode(((color >> 16) & 0xFF) / 255.0);
        double g = Srgb.decode(((color >> 8) & 0xFF) / 255.0);
        double b = Srgb.decode((color & 0xFF) / 255.0);
        double fx = lab((0.4124 * r + 0.3576 * g + 0.1805 * b) / WHITE_XYZ[0]);
        double fy = lab((0.2126 * r + 0.7152 * g + 0.0722 * b) / WHITE_XYZ[1]);
        double fz = lab((0.0193 * r + 0.1192 * g + 0.9505 * b) / WHITE_XYZ[2]);
        double lightness = 116 * fy - 16;
        double a = 500 * (fx - fy);
        double bb = 200 * (fy - fz);
        double m = Math.sqrt(lightness * lightness + a * a + bb * bb);
        return new double[] {m, Math.acos(lightness / m), Math.atan2(bb, a)};
    }

    private static int color(double m, double s, double h) {
        double fy = (m * Math.cos(s) + 16) / 116;
        double x = WHITE_XYZ[0] * unlab(fy + m * Math.sin(s) * Math.cos(h) / 500);
        double y = WHITE_XYZ[1] * unlab(fy);
        double z = WHITE_XYZ[2] * unlab(fy - m * Math.sin(s) * Math.sin(h) / 200);
        return Srgb.pack(
                (float) (3.2406 * x - 1.5372 * y - 0.4986 * z), (float) (-0.9689 * x + 1.8758 * y + 0.0415 * z), (float)
                        (0.0557 * x - 0.2040 * y + 1.0570 * z));
    }

    private static double lab(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static double unlab(double t) {
        return t * t * t > 0.008856 ? t * t * t : (t - 16.0 / 116) / 7.787;
    }
}
