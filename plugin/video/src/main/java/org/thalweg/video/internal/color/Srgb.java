package org.thalweg.video.internal.color;

/** Colours as {@code 0xRRGGBB} and as amounts of light (IEC 61966-2-1, the sRGB standard). */
public final class Srgb {

    private static final int STEPS = 4096;
    private static final byte[] ENCODED = new byte[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            ENCODED[i] = (byte) Math.round(255 * encode((double) i / (STEPS - 1)));
        }
    }

    private Srgb() {}

    /** An amount of light from 0 to 1 for a channel's value from 0 to 1. */
    public static double decode(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** A channel's value from 0 to 1 for an amount of light from 0 to 1. */
    public static double encode(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    /** The colour of amounts of light, clipped to 0 and 1, by table: within one step of the exact value. */
    public static int pack(float red, float green, float blue) {
        return (channel(red) << 16) | (channel(green) << 8) | channel(blue);
    }

    private static int channel(float light) {
        int i = (int) (light * (STEPS - 1) + 0.5f);
        return ENCODED[i < 0 ? 0 : Math.min(i, STEPS - 1)] & 0xFF;
    }

    /** The colour that lies a share of the way from one to another, channel by channel as encoded. */
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
