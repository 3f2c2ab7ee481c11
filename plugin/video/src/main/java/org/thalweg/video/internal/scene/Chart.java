package org.thalweg.video.internal.scene;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * Curves over iterations or another quantity. The current time is marked and the past is bright. Immutable.
 *
 * @param title above the curves
 * @param curves in drawing order
 * @param scale of the values
 * @param unit of the horizontal axis, empty for none
 */
public record Chart(String title, List<Curve> curves, AxisScale scale, String unit) {

    /**
     * A curve.
     *
     * @param name shown in the curve's colour; empty for none
     * @param color index of the theme's curve colour
     * @param iterations ascending, {@code [n]}
     * @param values {@code [n]}, NaN for gaps
     * @param errors half-length of each error bar, {@code [n]}, NaN or 0 for none
     */
    public record Curve(String name, int color, double[] iterations, double[] values, double[] errors) {}

    /** A background behind the curves. */
    interface Ground {
        /**
         * Draws into the plot: iterations of {@code span} from left to right, positions of the vertical axis upwards.
         */
        void draw(Pen pen, Rectangle2D plot, double[] span, double iteration);

        /** Nothing. */
        Ground NONE = (pen, plot, span, iteration) -> {};
    }

    public Chart {
        curves = List.copyOf(curves);
    }

    /** A chart over iterations. */
    public Chart(String title, List<Curve> curves, AxisScale scale) {
        this(title, curves, scale, "it.");
    }

    /**
     * Draws the chart into an area.
     *
     * @param iteration the current one; infinite to mark none and draw everything bright
     */
    public void draw(Pen pen, Rectangle2D area, double iteration) {
        draw(pen, area, iteration, Ground.NONE);
    }

    /** The part of an area that the curves cover. */
    static Rectangle2D plot(Pen pen, Rectangle2D area) {
        double head = pen.px(40);
        return new Rectangle2D.Double(
                area.getX() + pen.px(72),
                area.getY() + head + pen.px(6),
                area.getWidth() - pen.px(92),
                area.getHeight() - head - pen.px(42));
    }

    /** Draws the chart over a background. */
    void draw(Pen pen, Rectangle2D area, double iteration, Ground ground) {
        pen.panel(area);
        TextStyle label = pen.muted().scaled(0.86);
        Rectangle2D plot = plot(pen, area);
        head(pen, area);
        double[] span = span();
        ground.draw(pen, plot, span, iteration);
        for (double tick : scale.ticks(area.getHeight() > pen.px(330) ? 6 : 3)) {
            double y = plot.getMaxY() - scale.position(tick) * plot.getHeight();
            pen.line(plot.getX(), y, plot.getMaxX(), y, pen.ink(pen.theme().line(), 1, 0.8));
            label.writeCentered(pen.graphics(), Ticks.shortLabel(tick), plot.getX() - pen.px(9), y, Anchor.RIGHT);
        }
        times(pen, plot, span, label);
        if (Double.isFinite(iteration)) {
            double now = place(iteration, span, plot);
            pen.line(now, plot.getY(), now, plot.getMaxY(), pen.ink(pen.theme().marker(), 1.6, 0.8));
        }
        for (Curve curve : curves) {
            draw(pen, plot, span, curve, iteration);
        }
    }

    private void head(Pen pen, Rectangle2D area) {
        double y = area.getY() + pen.px(24);
        double x = area.getX() + pen.px(14);
        TextStyle bold = pen.bold().scaled(0.92);
        bold.writeCentered(pen.graphics(), title, x, y, Anchor.LEFT);
        double right = area.getMaxX() - pen.px(16);
        for (int i = curves.size() - 1; i >= 0; i--) {
            String name = curves.get(i).name();
            if (!name.isEmpty()) {
                TextStyle named = pen.bold()
                        .scaled(0.86)
                        .in(pen.theme().curve(curves.get(i).color()));
                named.writeCentered(pen.graphics(), name, right, y, Anchor.RIGHT);
                right -= named.width(name) + pen.px(16);
            }
        }
    }

    private void times(Pen pen, Rectangle2D plot, double[] span, TextStyle label) {
        String first = Ticks.shortLabel(span[0]);
        String last = (Ticks.shortLabel(span[1]) + " " + unit).strip();
        double y = plot.getMaxY() + pen.px(20);
        label.writeCentered(pen.graphics(), first, plot.getX(), y, Anchor.LEFT);
        if (span[1] > span[0]) {
            label.writeCentered(pen.graphics(), last, plot.getMaxX(), y, Anchor.RIGHT);
        }
    }

    private void draw(Pen pen, Rectangle2D plot, double[] span, Curve curve, double iteration) {
        int color = pen.theme().curve(curve.color());
        Path2D past = new Path2D.Double();
        Path2D future = new Path2D.Double();
        boolean drawn = false;
        double lastX = 0;
        double lastY = 0;
        for (int i = 0; i < curve.values.length; i++) {
            double position = scale.position(curve.values[i]);
            if (Double.isNaN(position)) {
                drawn = false;
                continue;
            }
            double x = place(curve.iterations[i], span, plot);
            double y = plot.getMaxY() - Math.max(0, Math.min(1, position)) * plot.getHeight();
            boolean isPast = curve.iterations[i] <= iteration + 1e-9;
            if (drawn) {
                double now = isPast ? x : Math.max(lastX, Math.min(x, place(iteration, span, plot)));
                double level = x > lastX ? lastY + (now - lastX) / (x - lastX) * (y - lastY) : y;
                past.moveTo(lastX, lastY);
                past.lineTo(now, level);
                future.moveTo(now, level);
                future.lineTo(x, y);
            }
            errorBar(pen, plot, curve, i, x, pen.ink(color, 1.6, isPast ? 0.8 : 0.25));
            pen.disc(x, y, pen.px(2.6), color, isPast ? 1 : 0.3);
            drawn = true;
            lastX = x;
            lastY = y;
        }
        pen.draw(future, pen.ink(color, 1.8, 0.3));
        pen.draw(past, pen.ink(color, 2.6, 1));
    }

    private void errorBar(Pen pen, Rectangle2D plot, Curve curve, int i, double x, Pen.Ink ink) {
        double error = curve.errors[i];
        if (error > 0) {
            double low = Math.max(0, Math.min(1, scale.position(curve.values[i] - error)));
            double high = Math.max(0, Math.min(1, scale.position(curve.values[i] + error)));
            pen.line(x, plot.getMaxY() - low * plot.getHeight(), x, plot.getMaxY() - high * plot.getHeight(), ink);
        }
    }

    private double[] span() {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            for (double iteration : curve.iterations) {
                first = Math.min(first, iteration);
                last = Math.max(last, iteration);
            }
        }
        return first <= last ? new double[] {first, last} : new double[] {0, 0};
    }

    private static double place(double iteration, double[] span, Rectangle2D plot) {
        double share = span[1] > span[0] ? (iteration - span[0]) / (span[1] - span[0]) : 0.5;
        return plot.getX() + Math.max(0, Math.min(1, share)) * plot.getWidth();
    }
}
