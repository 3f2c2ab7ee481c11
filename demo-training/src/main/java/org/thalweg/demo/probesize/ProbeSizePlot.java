package org.thalweg.demo.probesize;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.encode.PngFile;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.AxisScale;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Pen;
import org.thalweg.video.internal.scene.Ticks;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * Relative errors over the share of the examples, both logarithmic: surface, loss and trace on the left, eigenvalues on the right.
 * Lines are root mean squared errors, thin ones the standard errors that the frames give.
 */
final class ProbeSizePlot {

    private static final Theme THEME = Theme.LIGHT;
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 900;
    private static final int MARGIN = 10;
    /** Margins of the plot within its panel. */
    private static final int LEFT = 110;

    private static final int RIGHT = 40;
    private static final int TOP = 100;
    private static final int BOTTOM = 90;

    private ProbeSizePlot() {}

    /** A named curve, with the errors that the frames expect; NaN for none. */
    private record Line(String name, ToDoubleFunction<Draws> error, ToDoubleFunction<Draws> expected) {

        static Line of(Quantity quantity) {
            return new Line(
                    quantity.label(),
                    draws -> draws.error(quantity),
                    draws -> draws.standardError(quantity).orElse(Double.NaN));
        }
    }

    /**
     * Writes the plot.
     *
     * @param file a PNG file
     * @param shares the probes of each size, ascending
     * @throws IOException if the file cannot be written; the message names it
     */
    static void write(Path file, List<Draws> shares) throws IOException {
        List<Line> level = List.of(
                new Line("surface", Draws::surfaceError, draws -> Double.NaN),
                Line.of(Quantity.LOSS),
                Line.of(Quantity.RISE),
                Line.of(Quantity.TRACE));
        List<Line> spectrum =
                List.of(Line.of(Quantity.LAMBDA_MAX), Line.of(Quantity.LAMBDA_2), Line.of(Quantity.LAMBDA_MIN));
        double[] values = shares.stream()
                .flatMapToDouble(draws -> Arrays.stream(Quantity.values())
                        .flatMapToDouble(quantity -> Arrays.stream(new double[] {
                            draws.error(quantity), draws.standardError(quantity).orElse(Double.NaN)
                        })))
                .toArray();
        double[] surfaces = shares.stream().mapToDouble(Draws::surfaceError).toArray();
        double[] all = Arrays.copyOf(values, values.length + surfaces.length);
        System.arraycopy(surfaces, 0, all, values.length, surfaces.length);
        AxisScale scale = AxisScale.showing(
                Kind.LOGARITHMIC,
                Arrays.stream(all)
                        .filter(value -> value > 0)
                        .map(value -> 100 * value)
                        .toArray());
        Picture picture = new Picture(WIDTH, HEIGHT);
        Arrays.fill(picture.pixels(), THEME.top());
        Pen.on(picture, THEME, pen -> {
            panel(pen, 0, "Error of loss, rise and trace, %", level, shares, scale);
            panel(pen, 1, "Error of eigenvalues, %", spectrum, shares, scale);
        });
        PngFile.write(file, picture.pixels(), picture.width(), picture.height());
    }

    private static void panel(
            Pen pen, int column, String title, List<Line> lines, List<Draws> shares, AxisScale scale) {
        double width = WIDTH / 2.0;
        Rectangle2D area =
                new Rectangle2D.Double(column * width + MARGIN, MARGIN, width - 2 * MARGIN, HEIGHT - 2.0 * MARGIN);
        pen.panel(area);
        Rectangle2D plot = new Rectangle2D.Double(
                area.getX() + LEFT, area.getY() + TOP, area.getWidth() - LEFT - RIGHT, area.getHeight() - TOP - BOTTOM);
        pen.bold().writeCentered(pen.graphics(), title, area.getX() + 24, area.getY() + 34, Anchor.LEFT);
        axes(pen, plot, shares, scale);
        double x = plot.getX();
        for (int i = 0; i < lines.size(); i++) {
            int color = THEME.curve(i);
            Line line = lines.get(i);
            pen.bold().in(color).writeCentered(pen.graphics(), line.name(), x, area.getY() + 74, Anchor.LEFT);
            x += pen.bold().width(line.name()) + 40;
            curve(pen, plot, shares, scale, line.expected(), pen.ink(color, 1.2, 0.6));
            curve(pen, plot, shares, scale, line.error(), pen.ink(color, 3, 1));
            for (Draws draws : shares) {
                double value = 100 * line.error().applyAsDouble(draws);
                pen.disc(across(plot, shares, draws), up(plot, scale, value), pen.px(4), color, 1);
            }
        }
    }

    private static void axes(Pen pen, Rectangle2D plot, List<Draws> shares, AxisScale scale) {
        for (double tick : scale.ticks(6)) {
            double y = up(plot, scale, tick);
            pen.line(plot.getX(), y, plot.getMaxX(), y, pen.ink(THEME.line(), 1, 0.8));
            pen.muted().writeCentered(pen.graphics(), Ticks.shortLabel(tick), plot.getX() - 14, y, Anchor.RIGHT);
        }
        for (Draws draws : shares) {
            double x = across(plot, shares, draws);
            pen.line(x, plot.getY(), x, plot.getMaxY(), pen.ink(THEME.line(), 1, 0.5));
            pen.muted()
                    .writeCentered(
                            pen.graphics(), Integer.toString(draws.percent()), x, plot.getMaxY() + 26, Anchor.CENTER);
        }
        pen.muted()
                .writeCentered(
                        pen.graphics(),
                        "% of the images; thin: the standard error that the frames give",
                        plot.getCenterX(),
                        plot.getMaxY() + 62,
                        Anchor.CENTER);
    }

    private static void curve(
            Pen pen,
            Rectangle2D plot,
            List<Draws> shares,
            AxisScale scale,
            ToDoubleFunction<Draws> share,
            Pen.Ink ink) {
        Path2D path = new Path2D.Double();
        for (Draws draws : shares) {
            double value = 100 * share.applyAsDouble(draws);
            if (value > 0) {
                double x = across(plot, shares, draws);
                double y = up(plot, scale, value);
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
        }
        pen.draw(path, ink);
    }

    private static double across(Rectangle2D plot, List<Draws> shares, Draws draws) {
        double first = Math.log(shares.get(0).percent());
        double last = Math.log(shares.get(shares.size() - 1).percent());
        double share = last > first ? (Math.log(draws.percent()) - first) / (last - first) : 0.5;
        return plot.getX() + share * plot.getWidth();
    }

    private static double up(Rectangle2D plot, AxisScale scale, double value) {
        double position = scale.position(value);
        return plot.getMaxY() - (Double.isNaN(position) ? 0 : position) * plot.getHeight();
    }
}
