package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** Numbers, charts and the colour bar around the surface. Thread-safe. */
final class Overlay {

    private static final double MARGIN = 44;
    private static final double GAP = 16;

    private final SurfaceTimeline timeline;
    private final Style style;
    private final List<Chart> charts;

    Overlay(SurfaceTimeline timeline, Style style) {
        this.timeline = timeline;
        this.style = style;
        this.charts = Charts.of(timeline.numbers());
    }

    /** Draws the numbers and at most {@code most} charts. */
    void drawNumbers(Pen pen, Layout layout, double time, int most) {
        double end = NumbersPanel.draw(pen, layout.numbers(), timeline.title(), NumbersPanel.rows(timeline, time));
        int shown = Math.min(most, charts.size());
        Rectangle2D area = layout.charts(end);
        double height = layout.chartHeight(pen, area, shown) * shown + (shown - 1) * pen.px(GAP);
        drawCharts(
                pen,
                new Rectangle2D.Double(area.getX(), area.getMaxY() - height, area.getWidth(), height),
                time,
                shown);
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

    /** Draws the colour bar of a surface to the right of an area that begins at the picture's top. */
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
