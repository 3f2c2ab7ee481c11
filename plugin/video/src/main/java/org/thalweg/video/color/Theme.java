package org.thalweg.video.color;

import java.util.Locale;

/**
 * Colours of everything around the surface, {@code 0xRRGGBB}. The curves' colours are those of M. Okabe and K. Ito,
 * "Color universal design", 2008, which colour-blind readers can tell apart.
 *
 * @since 0.2.0
 */
@SuppressWarnings("ImmutableEnumChecker") // the colours are never written to
public enum Theme {
    /** For screens. */
    DARK(
            0x131A26, 0x070A10, 0xE9EDF4, 0x93A0B4, 0x3A4558, 0x111824, 0xFFFFFF, 0xFF6B3D, 0x56B4E9, 0xE69F00,
            0xCC79A7, 0x2FC7A0, 0xF0E442),
    /** For paper and bright rooms. */
    LIGHT(
            0xFFFFFF, 0xE9EDF2, 0x1A2230, 0x5A6678, 0xBAC3D0, 0xF7F9FB, 0x10151F, 0xD1370C, 0x0072B2, 0xB36B00,
            0xA0457A, 0x00795C, 0x6B6100);

    private final int top;
    private final int bottom;
    private final int text;
    private final int muted;
    private final int line;
    private final int panel;
    private final int contour;
    private final int marker;
    private final int[] curves;

    Theme(int top, int bottom, int text, int muted, int line, int panel, int contour, int marker, int... curves) {
        this.top = top;
        this.bottom = bottom;
        this.text = text;
        this.muted = muted;
        this.line = line;
        this.panel = panel;
        this.contour = contour;
        this.marker = marker;
        this.curves = curves;
    }

    /** The name on the command line: {@code dark}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The background at the picture's upper edge. */
    public int top() {
        return top;
    }

    /** The background at the picture's lower edge. */
    public int bottom() {
        return bottom;
    }

    /** Main text. */
    public int text() {
        return text;
    }

    /** Labels, units, ticks. */
    public int muted() {
        return muted;
    }

    /** Frames and grid lines. */
    public int line() {
        return line;
    }

    /** Background of charts. */
    public int panel() {
        return panel;
    }

    /** Contour lines on the ground. */
    public int contour() {
        return contour;
    }

    /** The minimizer and the current moment. */
    public int marker() {
        return marker;
    }

    /** A curve of a chart, from 0; colours repeat after the last one. */
    public int curve(int index) {
        return curves[index % curves.length];
    }
}
