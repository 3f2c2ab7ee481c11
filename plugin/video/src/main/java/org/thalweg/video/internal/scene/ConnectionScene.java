package org.thalweg.video.internal.scene;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.LossBarrier;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart.Curve;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * The straight line and the curve between two networks over the contour lines of their plane, and next to it the loss and the
 * accuracy along both. A still picture. Thread-safe.
 */
public final class ConnectionScene implements Scene {

    private static final double LINE = 32;
    private static final double GAP = 16;
    private static final int STRAIGHT = 0;
    private static final int BENT = 1;

    private final ConnectionStudy study;
    private final SurfaceTimeline timeline;
    private final Style style;
    private final Backdrop backdrop;
    private final ContourPlane contours;
    private final List<Chart> charts;

    /**
     * A scene.
     *
     * @param style where it shows the loss, that of the examples is taken which the curve was not trained on, if there are any
     * @throws IOException if the surface lacks the quantity to show; the message names it
     */
    public ConnectionScene(ConnectionStudy study, Style style) throws IOException {
        this.study = study;
        boolean held = study.frame().surface().validationLoss().isPresent();
        this.style = held && style.values().quantity() == SurfaceQuantity.LOSS
                ? new Style(
                        style.theme(),
                        style.colors(),
                        style.values().withQuantity(SurfaceQuantity.VALIDATION_LOSS),
                        style.renderer())
                : style;
        this.timeline = SurfaceTimeline.of(FrameSource.of(study.first(), List.of(study.frame())), this.style.values());
        this.backdrop = new Backdrop(style.theme());
        this.contours = new ContourPlane(timeline, this.style, "from the first network to the second", "across", true);
        this.charts = charts(held);
    }

    private List<Chart> charts(boolean held) {
        List<Chart> found = new ArrayList<>();
        found.add(chart(
                held ? "Validation loss from t = 0 to 1" : "Loss from t = 0 to 1",
                ConnectionStudy.shown(study.line()),
                ConnectionStudy.shown(study.curve())));
        Optional<double[]> straight = accuracy(study.line(), held);
        Optional<double[]> bent = accuracy(study.curve(), held);
        if (straight.isPresent() && bent.isPresent()) {
            found.add(chart(held ? "Validation accuracy, %" : "Accuracy, %", straight.get(), bent.get()));
        }
        return found;
    }

    private static Optional<double[]> accuracy(LineValues path, boolean held) {
        return held ? path.validationAccuracy() : path.accuracy();
    }

    private Chart chart(String title, double[] straight, double[] bent) {
        double[] t = study.line().alpha();
        double[] none = new double[t.length];
        AxisScale scale = AxisScale.showing(
                Kind.LINEAR,
                DoubleStream.concat(DoubleStream.of(straight), DoubleStream.of(bent))
                        .toArray());
        return new Chart(
                title,
                List.of(new Curve("", STRAIGHT, t, straight, none), new Curve("", BENT, t, bent, none)),
                scale,
                "");
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
        way(pen, plane, new double[] {0, 1}, new double[] {0, 0}, pen.theme().curve(STRAIGHT));
        way(pen, plane, study.alpha(), study.beta(), pen.theme().curve(BENT));
        pen.graphics().setClip(before);
        network(pen, plane, 0, "t = 0");
        network(pen, plane, 1, "t = 1");
        Layout layout = Layout.of(pen, picture);
        double end = legend(pen, layout.numbers());
        charts(pen, layout, layout.charts(end));
        Overlay.drawMapColors(
                pen, timeline, style, picture.width(), layout.stage().getHeight());
    }

    private static void way(Pen pen, PlaneArea plane, double[] alpha, double[] beta, int color) {
        Path2D path = new Path2D.Double();
        path.moveTo(plane.x(alpha[0]), plane.y(beta[0]));
        for (int i = 1; i < alpha.length; i++) {
            path.lineTo(plane.x(alpha[i]), plane.y(beta[i]));
        }
        pen.draw(path, pen.ink(pen.theme().bottom(), 7.5, 0.75));
        pen.draw(path, pen.ink(color, 4, 1));
    }

    private static void network(Pen pen, PlaneArea plane, double alpha, String name) {
        double x = plane.x(alpha);
        double y = plane.y(0);
        pen.disc(x, y, pen.px(11), 0xFFFFFF, 0.95);
        pen.disc(x, y, pen.px(8.5), pen.theme().marker(), 1);
        pen.bold().in(0xFFFFFF).writeCentered(pen.graphics(), name, x, y + pen.px(26), Anchor.CENTER);
    }

    /** Writes the names of the networks and the barriers of both paths; returns where they end. */
    private double legend(Pen pen, Rectangle2D area) {
        double y = area.getY() + pen.px(20);
        for (String name : List.of("t = 0: " + study.first(), "t = 1: " + study.second())) {
            TextStyle text = pen.text();
            text.write(pen.graphics(), text.fitted(name, area.getWidth()), area.getX(), y, Anchor.LEFT);
            y += pen.px(LINE);
        }
        y += pen.px(14);
        y = path(pen, area, y, "Straight line", STRAIGHT, study.line());
        return path(pen, area, y, "Curve", BENT, study.curve());
    }

    private static double path(Pen pen, Rectangle2D area, double from, String name, int color, LineValues values) {
        double y = from;
        LossBarrier barrier = ConnectionStudy.barrier(values);
        pen.bold().scaled(1.2).in(pen.theme().curve(color)).write(pen.graphics(), name, area.getX(), y, Anchor.LEFT);
        y += pen.px(LINE);
        String found = barrier.height() == 0
                ? "no barrier"
                : "barrier " + Ticks.label(barrier.height(), 3) + " at t = " + Ticks.shortLabel(barrier.t());
        pen.muted().scaled(0.86).write(pen.graphics(), found, area.getX(), y, Anchor.LEFT);
        return y + pen.px(LINE + 10);
    }

    private void charts(Pen pen, Layout layout, Rectangle2D area) {
        double gap = pen.px(GAP);
        double height = layout.chartHeight(pen, area, charts.size());
        double y = area.getMaxY() - charts.size() * height - (charts.size() - 1) * gap;
        for (Chart chart : charts) {
            chart.draw(pen, new Rectangle2D.Double(area.getX(), y, area.getWidth(), height), Double.POSITIVE_INFINITY);
            y += height + gap;
        }
    }
}
