package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * Every recorded eigenvalue of the Hessian over the run, with the larger of residual and 95 % sampling error as a bar. Where frames have the
 * density of all eigenvalues, it is drawn behind them as colours, and the current one as a curve to the right.
 * Thread-safe.
 */
public final class SpectrumScene extends RunScene {

    private static final double MARGIN = 44;
    private static final double PROFILE = 300;

    private final Optional<DensityMap> density;
    private final Optional<Chart> spectrum;

    /** A scene of one run. */
    public SpectrumScene(SurfaceTimeline timeline, Style style) {
        super(timeline, style);
        this.density = DensityMap.of(timeline.numbers(), style.colors());
        this.spectrum = Charts.spectrum(
                timeline.numbers(), density.map(DensityMap::range).orElse(new double[0]));
    }

    @Override
    void draw(Picture picture, Pen pen, Cue cue) {
        Layout layout = Layout.of(pen, picture);
        overlay.drawNumbers(pen, layout, cue.time(), 1);
        double margin = pen.px(MARGIN);
        Rectangle2D stage = layout.stage();
        double left = Math.max(margin, stage.getX() + pen.px(20));
        Rectangle2D area =
                new Rectangle2D.Double(left, margin, picture.width() - left - margin, stage.getHeight() - 2 * margin);
        if (spectrum.isEmpty()) {
            TextStyle muted = pen.muted();
            muted.write(
                    pen.graphics(), "this run has no eigenvalues", area.getCenterX(), area.getCenterY(), Anchor.CENTER);
        } else if (density.isEmpty()) {
            spectrum.get().draw(pen, area, timeline.iteration(cue.time()));
        } else {
            draw(pen, area, cue.time(), spectrum.get(), density.get());
        }
    }

    private void draw(Pen pen, Rectangle2D area, double time, Chart chart, DensityMap map) {
        double profile = pen.px(PROFILE);
        double gap = pen.px(16);
        Rectangle2D over =
                new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth() - profile - gap, area.getHeight());
        chart.draw(
                pen,
                over,
                timeline.iteration(time),
                (brush, plot, span, iteration) -> map.draw(brush, plot, chart.scale(), span, iteration));
        Rectangle2D beside = new Rectangle2D.Double(over.getMaxX() + gap, area.getY(), profile, area.getHeight());
        profile(pen, beside, Chart.plot(pen, over), chart.scale(), map, timeline.frameAt(time));
    }

    /** Draws the current density on the chart's vertical axis. */
    private static void profile(
            Pen pen, Rectangle2D area, Rectangle2D chart, AxisScale scale, DensityMap map, int frame) {
        pen.panel(area);
        pen.bold()
                .scaled(0.92)
                .writeCentered(
                        pen.graphics(),
                        "Density (log)",
                        area.getX() + pen.px(14),
                        area.getY() + pen.px(24),
                        Anchor.LEFT);
        double side = pen.px(20);
        Rectangle2D plot = new Rectangle2D.Double(
                area.getX() + side, chart.getY(), area.getWidth() - 2 * side - pen.px(14), chart.getHeight());
        TextStyle label = pen.muted().scaled(0.86);
        for (DensityMap.Level level : map.levels()) {
            double x = plot.getX() + level.height() * plot.getWidth();
            pen.line(x, plot.getY(), x, plot.getMaxY(), pen.ink(pen.theme().line(), 1, 0.8));
            label.writeCentered(
                    pen.graphics(), Ticks.powerOfTen(level.exponent()), x, plot.getMaxY() + pen.px(20), Anchor.CENTER);
        }
        map.drawProfile(pen, plot, scale, frame);
    }
}
