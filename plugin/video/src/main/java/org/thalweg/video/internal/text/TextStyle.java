package org.thalweg.video.internal.text;

import java.awt.Color;
import java.awt.Graphics2D;

/** Font, size in pixels and colour {@code 0xRRGGBB} of text. Immutable. */
public record TextStyle(OutlineFont font, double size, int color) {

    /** Position of a line of text relative to its point. */
    public enum Anchor {
        /** The line begins there. */
        LEFT(0),
        /** The line is centred there. */
        CENTER(0.5),
        /** The line ends there. */
        RIGHT(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }
    }

    /** Half the height of a capital in ems, by which a line is centred on a point. */
    private static final double HALF_CAPITAL = 0.357;

    public TextStyle {
        if (!(size > 0)) {
            throw new IllegalArgumentException("the size of letters must be more than 0 pixels, got " + size);
        }
    }

    /** The same in another colour. */
    public TextStyle in(int otherColor) {
        return new TextStyle(font, size, otherColor);
    }

    /** The same, larger or smaller. */
    public TextStyle scaled(double factor) {
        return new TextStyle(font, size * factor, color);
    }

    /** Width of a line in pixels. */
    public double width(String text) {
        return size * font.width(text);
    }

    /** Writes a line with its baseline at y. */
    public void write(Graphics2D graphics, String text, double x, double y, Anchor anchor) {
        graphics.setColor(new Color(color));
        graphics.fill(font.outline(text, x - anchor.share * width(text), y, size));
    }

    /** Writes a line whose capitals are centred on y. */
    public void writeCentered(Graphics2D graphics, String text, double x, double y, Anchor anchor) {
        write(graphics, text, x, y + HALF_CAPITAL * size, anchor);
    }

    /** The text, or its beginning and an ellipsis if it is wider than {@code width} pixels. */
    public String fitted(String text, double width) {
        // A text may be millions of characters long: only as much of it is measured as twice what fits.
        int beyond = Math.min(1, text.length());
        while (beyond < text.length() && width(text.substring(0, beyond)) <= width) {
            beyond = Math.min(2 * beyond, text.length());
        }
        if (beyond == text.length() && width(text) <= width) {
            return text;
        }
        int fits = 0;
        while (beyond - fits > 1) {
            int middle = (fits + beyond) / 2;
            if (width(text.substring(0, middle) + "\u2026") <= width) {
                fits = middle;
            } else {
                beyond = middle;
            }
        }
        return text.substring(0, fits) + "\u2026";
    }
}
