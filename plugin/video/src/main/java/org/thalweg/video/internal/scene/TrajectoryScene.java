package org.thalweg.video.internal.scene;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart.Curve;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * The trajectories of runs on one plane over contour lines, and next to it the values that the plane hides: each run's
 * loss at its snapshots and its distance from the plane. A still picture. Thread-safe.
 */
public final class TrajectoryScene implements Scene {

    private static final double LINE = 32;
    private static final double LOWEST_CHART = 118;
    private static final double GAP = 16;

    private final TrajectoryMap map;
    private final SurfaceTimeline timeline;
    private final Style style;
    private final Backdrop backdrop;
    private final ContourPlane contours;
    private final List<Chart> charts;

    /** A scene, with a logarithmic scale if requested and possible. */
    public TrajectoryScene(TrajectoryMap map, Style style) throws IOException {
        this.map = map;
        this.timeline = SurfaceTimeline.of(FrameSource.of("trajectories", List.of(map.frame())), style.values());
        this.style = style;
        this.backdrop = new Backdrop(style.theme());
        this.contours = new ContourPlane(timeline, style, axis(0, "\u03B1"), axis(1, "\u03B2"), false);
        this.charts = List.of(
                chart("Loss of the runs", Kind.LOGARITHMIC, TrajectoryValues::loss),
                chart("Distance from the plane", Kind.LINEAR, TrajectoryValues::distance));
    }

    private String axis(int component, String otherwise) {
        return map.variance()
                .map(variance -> String.format(
                        Locale.ROOT,
                        "principal component %d: %.1f %% of the variance",
                        component + 1,
                        100 * variance.ratio()[component]))
                .orElse(otherwise);
    }

    private Chart chart(String title, Kind kind, Function<TrajectoryValues, double[]> values) {
        List<Curve> curves = new ArrayList<>();
        DoubleStream all = DoubleStream.empty();
        for (TrajectoryValues run : map.trajectories()) {
            double[] iterations =
                    LongStream.of(run.iterations()).asDoubleStream().toArray();
            double[] ofRun = values.apply(run);
            all = DoubleStream.concat(all, DoubleStream.of(ofRun));
            curves.add(new Curve("", curves.size(), iterations, ofRun, new double[ofRun.length]));
        }
        return new Chart(title, curves, AxisScale.showing(kind, all.toArray()));
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
        PlaneArea plane = contours.draw(picture, pen, 0);
        Shape before = pen.graphics().getClip();
        pen.graphics().setClip(plane.area());
        for (int run = 0; run < map.trajectories().size(); run++) {
            way(pen, plane, map.trajectories().get(run), pen.theme().curve(run));
        }
        pen.graphics().setClip(before);
        Layout layout = Layout.of(pen, picture);
        double end = legend(pen, layout.numbers());
        charts(pen, layout, layout.charts(end));
        Overlay.drawMapColors(
                pen, timeline, style, picture.width(), layout.stage().getHeight());
    }

    /** Draws a line through all snapshots, with a ring at the first and a large disc at the last. */
    private static void way(Pen pen, PlaneArea plane, TrajectoryValues run, int color) {
        double[] alpha = run.alpha();
        double[] beta = run.beta();
        int last = run.size() - 1;
        Path2D path = new Path2D.Double();
        path.moveTo(plane.x(alpha[0]), plane.y(beta[0]));
        for (int i = 1; i <= last; i++) {
            path.lineTo(plane.x(alpha[i]), plane.y(beta[i]));
        }
        int around = pen.theme().bottom();
        pen.draw(path, pen.ink(around, 7.5, 0.75));
        pen.draw(path, pen.ink(color, 4, 1));
        for (int i = 1; i < last; i++) {
            pen.disc(plane.x(alpha[i]), plane.y(beta[i]), pen.px(5), color, 1);
        }
        start(pen, plane.x(alpha[0]), plane.y(beta[0]), color);
        end(pen, plane.x(alpha[last]), plane.y(beta[last]), color);
    }

    private static void start(Pen pen, double x, double y, int color) {
        pen.disc(x, y, pen.px(9), color, 1);
        pen.disc(x, y, pen.px(5.5), pen.theme().bottom(), 1);
    }

    private static void end(Pen pen, double x, double y, int color) {
        pen.disc(x, y, pen.px(11), 0xFFFFFF, 0.95);
        pen.disc(x, y, pen.px(8.5), color, 1);
    }

    /** Writes names, losses and distances of the runs; returns where they end. */
    private double legend(Pen pen, Rectangle2D area) {
        TextStyle small = pen.muted().scaled(0.86);
        double y = area.getY() + pen.px(20);
        pen.text().write(pen.graphics(), "start", area.getX() + pen.px(22), y, Anchor.LEFT);
        start(pen, area.getX() + pen.px(9), y - pen.px(7), pen.theme().muted());
        pen.text().write(pen.graphics(), "end", area.getX() + pen.px(128), y, Anchor.LEFT);
        end(pen, area.getX() + pen.px(112), y - pen.px(7), pen.theme().muted());
        y += pen.px(LINE + 14);
        for (int i = 0; i < map.trajectories().size(); i++) {
            TrajectoryValues run = map.trajectories().get(i);
            TextStyle name = pen.bold().scaled(1.2).in(pen.theme().curve(i));
            name.write(pen.graphics(), name.fitted(run.run(), area.getWidth()), area.getX(), y, Anchor.LEFT);
            y += pen.px(LINE);
            small.write(pen.graphics(), losses(run), area.getX(), y, Anchor.LEFT);
            y += pen.px(LINE - 4);
            small.write(pen.graphics(), hidden(run), area.getX(), y, Anchor.LEFT);
            y += pen.px(LINE + 10);
        }
        return y;
    }

    private static String losses(TrajectoryValues run) {
        double[] loss = run.loss();
        return "loss " + Ticks.label(loss[0], 3) + " to " + Ticks.label(loss[loss.length - 1], 3) + ", " + run.size()
                + " snapshots";
    }

    /** The run's largest distance from the plane, with its loss there and the plane's. */
    private static String hidden(TrajectoryValues run) {
        double[] distance = run.distance();
        int furthest = 0;
        for (int i = 1; i < distance.length; i++) {
            furthest = distance[i] > distance[furthest] ? i : furthest;
        }
        return "off the plane up to " + Ticks.label(distance[furthest], 3) + ": loss "
                + Ticks.label(run.loss()[furthest], 3) + ", on it " + Ticks.label(run.planeLoss()[furthest], 3);
    }

    private void charts(Pen pen, Layout layout, Rectangle2D area) {
        double gap = pen.px(GAP);
        double height = layout.chartHeight(pen, area, charts.size());
        if (height < pen.px(LOWEST_CHART)) {
            // The legend of that many runs takes all the space.
            return;
        }
        double y = area.getMaxY() - charts.size() * height - (charts.size() - 1) * gap;
        for (Chart chart : charts) {
            chart.draw(pen, new Rectangle2D.Double(area.getX(), y, area.getWidth(), height), Double.POSITIVE_INFINITY);
            y += height + gap;
        }
    }
}
