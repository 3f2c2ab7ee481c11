package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.thalweg.video.internal.raster.Picture;

/** Numbers and charts to the left of the surface, the colour bar to its right. Thread-safe. */
final class Overlay {

    private static final double MARGIN = 44;
    private static final double COLUMN = 400;
    private static final double BAR = 120;
    private static final double GAP = 16;

    private final SurfaceTimeline timeline;
    private final Style style;
    private final List<Chart> charts;

    Overlay(SurfaceTimeline timeline, Style style) {
        this.timeline = timeline;
        this.style = style;
        this.charts = Charts.of(timeline.numbers());
    }

    /** The part of a picture that is left for the surface. */
    static Rectangle2D middle(Pen pen, Picture picture) {
        double left = pen.px(MARGIN + COLUMN + 10);
        return new Rectangle2D.Double(left, 0, picture.width() - left - pen.px(BAR), picture.height());
    }

    /** Draws the numbers and at most {@code most} charts. */
    void drawNumbers(Pen pen, Picture picture, double time, int most) {
        double margin = pen.px(MARGIN);
        double column = pen.px(COLUMN);
        Rectangle2D numbers = new Rectangle2D.Double(margin, margin, column, picture.height());
        double end = NumbersPanel.draw(pen, numbers, timeline.title(), NumbersPanel.rows(timeline, time));
        int shown = Math.min(most, charts.size());
        double room = (picture.height() - margin - end) / Math.max(1, shown) - pen.px(GAP);
        double height = Math.min(pen.px(236), room);
        double top = picture.height() - margin - shown * height - (shown - 1) * pen.px(GAP);
        drawCharts(pen, new Rectangle2D.Double(margin, top, column, picture.height() - margin - top), time, shown);
    }

    /** Draws at most {@code most} charts into an area, one below the other. */
    void drawCharts(Pen pen, Rectangle2D area, double time, int most) {
        int shown = Math.min(most, charts.size());
        double height = (area.getHeight() - (shown - 1) * pen.px(GAP)) / shown;
        for (int i = 0; i < shown; i++) {
            double y = area.getY() + i * (height + pen.px(GAP));
            charts.get(i)
                    .draw(
                            pen,
                            new Rectangle2D.Double(area.getX(), y, area.getWidth(), height),
                            timeline.iteration(time));
        }
    }

    /** Draws the colour bar of a surface at the right edge of an area that is as high as the picture. */
    void drawColors(Pen pen, double right, double height) {
        drawColors(pen, bar(timeline, style, ColorBar.groundDimming(style.theme())), right, height);
    }

    /** Draws the colour bar of a map without a ground below it. */
    static void drawMapColors(Pen pen, SurfaceTimeline timeline, Style style, double right, double height) {
        drawColors(pen, bar(timeline, style, 1), right, height);
    }

    private static ColorBar bar(SurfaceTimeline timeline, Style style, double ground) {
        return new ColorBar(
                timeline.scale(), style.colors(), timeline.quantity().label(), ground);
    }

    private static void drawColors(Pen pen, ColorBar bar, double right, double height) {
        double x = right - pen.px(MARGIN + 20);
        bar.draw(pen, new Rectangle2D.Double(x, height / 2 - pen.px(240), pen.px(20), pen.px(480)));
    }
}
