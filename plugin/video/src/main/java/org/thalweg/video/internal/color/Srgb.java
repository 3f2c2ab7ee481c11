package org.thalweg.video.internal.color;

/** Converts colours {@code 0xRRGGBB} to linear light and back (IEC 61966-2-1, the sRGB standard). */
public final class Srgb {

    private static final int STEPS = 4096;
    private static final byte[] ENCODED = new byte[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            ENCODED[i] = (byte) Math.round(255 * encode((double) i / (STEPS - 1)));
        }
    }

    private Srgb() {}

    /** Linear light, 0 to 1, of a channel's value, 0 to 1. */
    public static double decode(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** A channel's value, 0 to 1, of linear light, 0 to 1. */
    public static double encode(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    /** The colour of linear light, clipped to 0 to 1, by a table that is within one step of the exact value. */
    public static int pack(float red, float green, float blue) {
        return (channel(red) << 16) | (channel(green) << 8) | channel(blue);
    }

    private static int channel(float light) {
        int i = (int) (light * (STEPS - 1) + 0.5f);
        return ENCODED[i < 0 ? 0 : Math.min(i, STEPS - 1)] & 0xFF;
    }

    /** Mixes two colours channel by channel in encoded values. */
    public static int mix(int from, int to, double share) {
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = (from >> shift) & 0xFF;
            int b = (to >> shift) & 0xFF;
            result |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return result;
    }
}
