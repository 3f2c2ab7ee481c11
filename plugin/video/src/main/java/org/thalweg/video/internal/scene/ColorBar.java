package org.thalweg.video.internal.scene;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.color.Srgb;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * The colour bar of a surface, with a strip for the map on the ground, whose colours are darker. Immutable.
 *
 * @param quantity name of the values
 * @param ground fraction of the light that the ground keeps; 1 for no ground
 */
record ColorBar(ValueScale scale, ColorMap colors, String quantity, double ground) {

    /** The fraction of a colour map's light that the map on the ground keeps. */
    static double groundDimming(Theme theme) {
        return theme == Theme.DARK ? 0.34 : 0.72;
    }

    /** Draws the bar into an area, with ticks to its left and its name above it. */
    void draw(Pen pen, Rectangle2D area) {
        int rows = (int) area.getHeight();
        for (int row = 0; row < rows; row++) {
            double height = 1 - (row + 0.5) / rows;
            pen.fill(new Rectangle2D.Double(area.getX(), area.getY() + row, area.getWidth(), 1), colors.at(height), 1);
            if (ground < 1) {
                pen.fill(
                        new Rectangle2D.Double(area.getMaxX() + pen.px(4), area.getY() + row, area.getWidth() * 0.4, 1),
                        dimmed(colors.at(height)),
                        1);
            }
        }
        arrow(pen, area);
        for (double loss : scale.ticks(6)) {
            double y = area.getMaxY() - scale.height(loss) * area.getHeight();
            pen.line(
                    area.getX() - pen.px(6),
                    y,
                    area.getX(),
                    y,
                    pen.ink(pen.theme().muted(), 1.4, 1));
            pen.muted()
                    .writeCentered(pen.graphics(), Ticks.shortLabel(loss), area.getX() - pen.px(11), y, Anchor.RIGHT);
        }
        pen.muted().write(pen.graphics(), quantity, area.getMaxX(), area.getY() - pen.px(30), Anchor.RIGHT);
        if (ground < 1) {
            pen.muted()
                    .scaled(0.86)
                    .writeCentered(
                            pen.graphics(),
                            "right: ground",
                            area.getMaxX() + pen.px(12),
                            area.getMaxY() + pen.px(34),
                            Anchor.RIGHT);
        }
    }

    private int dimmed(int color) {
        float[] light = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            light[channel] = (float) (ground * Srgb.decode(((color >> (16 - 8 * channel)) & 0xFF) / 255.0));
        }
        return Srgb.pack(light[0], light[1], light[2]);
    }

    /** Losses above the scale get the last colour. */
    private void arrow(Pen pen, Rectangle2D area) {
        Path2D tip = new Path2D.Double();
        tip.moveTo(area.getX(), area.getY());
        tip.lineTo(area.getCenterX(), area.getY() - area.getWidth() * 0.8);
        tip.lineTo(area.getMaxX(), area.getY());
        tip.closePath();
        pen.graphics().setColor(new java.awt.Color(colors.at(1)));
        pen.graphics().fill(tip);
    }
}
