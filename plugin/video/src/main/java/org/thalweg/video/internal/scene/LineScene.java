package org.thalweg.video.internal.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.thalweg.frame.LineValues;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * Loss, and accuracy below it, along one or several lines through the parameters: a colour for each line, solid on the
 * training probe, dashed on the validation probe. A still picture. Thread-safe.
 */
public final class LineScene implements Scene {

    private static final double MARGIN = 60;
    private static final double LEFT = 120;
    private static final double GAP = 40;
    private static final double HEAD = 96;
    private static final double FOOT = 90;

    /** Share of the height that the losses take where there are accuracies. */
    private static final double LOSSES = 0.6;

    /** More points than this are not marked by dots. */
    private static final int MOST_DOTS = 80;

    private final Optional<String> title;
    private final List<NamedLine> lines;
    private final Style style;
    private final Backdrop backdrop;
    private final AxisScale losses;
    private final double[] span;

    /** A line with its name. */
    public record NamedLine(String name, LineValues values) {}

    /** Values of a line, train or validation. */
    private record Series(Function<LineValues, Optional<double[]>> values, boolean dashed) {}

    /**
     * A scene.
     *
     * @throws IllegalArgumentException without a line
     */
    public LineScene(Optional<String> title, List<NamedLine> lines, Style style) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is no line to draw");
        }
        this.title = title;
        this.lines = List.copyOf(lines);
        this.style = style;
        this.backdrop = new Backdrop(style.theme());
        double[] all = lines.stream()
                .map(NamedLine::values)
                .flatMapToDouble(line -> DoubleStream.concat(
                        DoubleStream.of(line.loss()),
                        DoubleStream.of(line.validationLoss().orElse(new double[0]))))
                .toArray();
        AxisScale found = AxisScale.showing(style.values().logarithmic() ? Kind.LOGARITHMIC : Kind.LINEAR, all);
        this.losses = new AxisScale(
                found.kind(),
                style.values().low().orElse(found.low()),
                style.values().high().orElse(found.high()),
                found.threshold());
        double[] alphas = lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.values().alpha()))
                .sorted()
                .toArray();
        this.span = new double[] {alphas[0], alphas[alphas.length - 1]};
    }

    @Override
    public double lastTime() {
        return 0;
    }

    @Override
    public void draw(Picture picture, Cue cue) {
        backdrop.draw(picture, pen -> draw(picture, pen));
    }

    private void draw(Picture picture, Pen pen) {
        double left = pen.px(LEFT);
        double top = pen.px(HEAD + 34 * Math.min(6, lines.size()));
        double width = picture.width() - left - pen.px(MARGIN);
        double height = picture.height() - top - pen.px(FOOT);
        boolean accurate =
                lines.stream().anyMatch(line -> line.values().accuracy().isPresent());
        double upper = accurate ? LOSSES * (height - pen.px(GAP)) : height;
        legend(pen, left, width);
        String name = losses.kind() == Kind.LOGARITHMIC ? "loss (log)" : "loss";
        Rectangle2D plot = new Rectangle2D.Double(left, top, width, upper);
        plot(
                pen,
                plot,
                name,
                losses,
                !accurate,
                List.of(
                        new Series(line -> Optional.of(line.loss()), false),
                        new Series(LineValues::validationLoss, true)));
        if (accurate) {
            Rectangle2D below =
                    new Rectangle2D.Double(left, plot.getMaxY() + pen.px(GAP), width, height - upper - pen.px(GAP));
            plot(
                    pen,
                    below,
                    "accuracy, %",
                    new AxisScale(Kind.LINEAR, 0, 100, 1),
                    true,
                    List.of(new Series(LineValues::accuracy, false), new Series(LineValues::validationAccuracy, true)));
        }
    }

    private void legend(Pen pen, double left, double width) {
        double y = pen.px(58);
        TextStyle big = pen.bold().scaled(1.5);
        String heading = title.orElse(lines.size() == 1 ? lines.get(0).name() : "lines through the parameters");
        big.write(pen.graphics(), big.fitted(heading, width * 0.6), left, y, Anchor.LEFT);
        if (lines.stream().anyMatch(line -> line.values().validationLoss().isPresent())) {
            pen.muted().write(pen.graphics(), "solid: training, dashed: validation", left + width, y, Anchor.RIGHT);
        }
        for (int i = 0; i < Math.min(6, lines.size()); i++) {
            NamedLine line = lines.get(i);
            y += pen.px(34);
            TextStyle named = pen.bold().in(pen.theme().curve(i));
            named.write(pen.graphics(), named.fitted(line.name(), width * 0.5), left, y, Anchor.LEFT);
            pen.muted().write(pen.graphics(), points(line.values()), left + width, y, Anchor.RIGHT);
        }
    }

    private static String points(LineValues line) {
        int count = 0;
        for (boolean evaluated : line.evaluated()) {
            count += evaluated ? 1 : 0;
        }
        int all = line.alpha().length;
        return count == all ? all + " points" : count + " of " + all + " points";
    }

    private void plot(Pen pen, Rectangle2D area, String name, AxisScale axis, boolean labelled, List<Series> series) {
        pen.panel(area);
        TextStyle label = pen.muted();
        for (double tick : axis.ticks(area.getHeight() > pen.px(330) ? 7 : 4)) {
            double y = area.getMaxY() - axis.position(tick) * area.getHeight();
            pen.line(area.getX(), y, area.getMaxX(), y, pen.ink(pen.theme().line(), 1, 0.8));
            label.writeCentered(pen.graphics(), Ticks.shortLabel(tick), area.getX() - pen.px(12), y, Anchor.RIGHT);
        }
        for (double tick : Ticks.linear(span[0], span[1], 8)) {
            double x = x(tick, area);
            // Coordinates of the models.
            boolean model = tick == 0 || tick == 1;
            pen.line(x, area.getY(), x, area.getMaxY(), pen.ink(pen.theme().line(), model ? 2.4 : 1, model ? 1 : 0.6));
            if (labelled) {
                label.writeCentered(
                        pen.graphics(), Ticks.shortLabel(tick), x, area.getMaxY() + pen.px(22), Anchor.CENTER);
            }
        }
        pen.text().write(pen.graphics(), name, area.getX() + pen.px(12), area.getY() + pen.px(30), Anchor.LEFT);
        if (labelled) {
            pen.bold()
                    .scaled(1.2)
                    .writeCentered(
                            pen.graphics(), "\u03B1", area.getCenterX(), area.getMaxY() + pen.px(58), Anchor.CENTER);
        }
        java.awt.Shape before = pen.graphics().getClip();
        pen.graphics().clip(area);
        for (int i = 0; i < lines.size(); i++) {
            for (Series one : series) {
                curve(pen, area, lines.get(i).values(), one, axis, pen.theme().curve(i));
            }
        }
        pen.graphics().setClip(before);
    }

    /** Connects the evaluated points; one that is not finite is a gap. */
    private void curve(Pen pen, Rectangle2D area, LineValues line, Series series, AxisScale axis, int color) {
        Optional<double[]> found = series.values().apply(line);
        if (found.isEmpty()) {
            return;
        }
        double[] values = found.get();
        double[] alpha = line.alpha();
        boolean[] evaluated = line.evaluated();
        Path2D path = new Path2D.Double();
        boolean drawn = false;
        for (int i = 0; i < alpha.length; i++) {
            if (!evaluated[i]) {
                continue;
            }
            double position = axis.position(values[i]);
            if (Double.isNaN(position) || Double.isInfinite(position)) {
                drawn = false;
                continue;
            }
            double x = x(alpha[i], area);
            double y = area.getMaxY() - position * area.getHeight();
            if (drawn) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
            }
            drawn = true;
            if (style.values().dots() || alpha.length <= MOST_DOTS) {
                pen.disc(x, y, pen.px(3.4), color, 1);
            }
        }
        float unit = (float) pen.px(1);
        float[] dashes = series.dashed() ? new float[] {10 * unit, 8 * unit} : null;
        pen.graphics().setColor(new Color(color));
        pen.graphics().setStroke(new BasicStroke(3 * unit, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
        pen.graphics().draw(path);
    }

    private double x(double alpha, Rectangle2D area) {
        double share = span[1] > span[0] ? (alpha - span[0]) / (span[1] - span[0]) : 0.5;
        return area.getX() + share * area.getWidth();
    }
}
