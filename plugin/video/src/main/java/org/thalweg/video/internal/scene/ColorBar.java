package org.thalweg.video.internal.scene;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.thalweg.video.color.ColorMap;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** The colour bar of the loss. Immutable. */
record ColorBar(ValueScale scale, ColorMap colors) {

    /** Draws the bar into an area, with ticks to its left and its name above it. */
    void draw(Pen pen, Rectangle2D area) {
        int rows = (int) area.getHeight();
        for (int row = 0; row < rows; row++) {
            double height = 1 - (row + 0.5) / rows;
            pen.fill(new Rectangle2D.Double(area.getX(), area.getY() + row, area.getWidth(), 1), colors.at(height), 1);
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
        pen.muted().write(pen.graphics(), "loss", area.getMaxX(), area.getY() - pen.px(30), Anchor.RIGHT);
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
