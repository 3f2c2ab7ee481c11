package org.thalweg.video.internal.scene;

import java.util.function.IntFunction;
import org.thalweg.frame.PlaneModel;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.internal.raster.Camera;
import org.thalweg.video.internal.raster.Picture;

/**
 * What belongs to a surface and does not lie on it: the quadratic model of the loss as a net, with the circle within which it is right
 * to 10 %, and the averaged weights at the height of their own loss. Parts that the surface hides are drawn faintly.
 */
final class ModelNet {

    private static final int LINES = 16;
    private static final int POINTS = 64;
    private static final double HIDDEN = 0.25;

    private final Picture picture;
    private final Pen pen;
    private final Camera camera;
    private final SurfaceTimeline timeline;
    private final double top;

    /** @param top height of the scene at the top of the scale */
    ModelNet(Picture picture, Pen pen, Camera camera, SurfaceTimeline timeline, double top) {
        this.picture = picture;
        this.pen = pen;
        this.camera = camera;
        this.timeline = timeline;
        this.top = top;
    }

    /** Draws a frame's model, if it has one and its training loss is shown. */
    void draw(FrameNumbers frame) {
        if (timeline.quantity() != SurfaceQuantity.LOSS) {
            return;
        }
        frame.model().ifPresent(model -> {
            double[] a = timeline.alphaRange();
            double[] b = timeline.betaRange();
            Pen.Ink net = pen.ink(pen.theme().text(), 1.3, 0.75);
            for (int line = 0; line <= LINES; line++) {
                double across = (double) line / LINES;
                curve(model, net, i -> new double[] {along(a, across), along(b, (double) i / POINTS)});
                curve(model, net, i -> new double[] {along(a, (double) i / POINTS), along(b, across)});
            }
            frame.radius()
                    .ifPresent(radius -> curve(model, pen.ink(pen.theme().marker(), 3, 1), i -> {
                        double angle = 2 * Math.PI * i / POINTS;
                        return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
                    }));
        });
    }

    /** Draws the averaged weights of a frame, if it has any. */
    void drawAverage(FrameNumbers frame) {
        frame.average().filter(average -> timeline.shows(average.place())).ifPresent(average -> {
            double height = timeline.scale().height(average.at(timeline.quantity()));
            if (height <= 1) {
                double[] point = point(average.place().alpha(), average.place().beta(), Math.max(0, height));
                double opacity = hides(point) ? 0.55 : 1;
                pen.disc(point[0], point[1], pen.px(8.5), pen.theme().text(), opacity);
                pen.disc(point[0], point[1], pen.px(5.5), pen.theme().marker(), 0.9 * opacity);
            }
        });
    }

    private void curve(PlaneModel model, Pen.Ink ink, IntFunction<double[]> place) {
        double[] before = null;
        for (int i = 0; i <= POINTS; i++) {
            double[] at = place.apply(i);
            double height = timeline.scale().height(model.at(at[0], at[1]));
            double[] now = height >= 0 && height <= 1 ? point(at[0], at[1], height) : null;
            if (before != null && now != null) {
                double opacity = ink.opacity() * (hides(now) ? HIDDEN : 1);
                pen.line(before[0], before[1], now[0], now[1], new Pen.Ink(ink.color(), ink.width(), opacity));
            }
            before = now;
        }
    }

    private static double along(double[] range, double share) {
        return range[0] + share * (range[1] - range[0]);
    }

    private static double scaled(double[] range, double coordinate) {
        return 2 * (coordinate - range[0]) / (range[1] - range[0]) - 1;
    }

    /** Pixels across and down, and the depth. */
    private double[] point(double alpha, double beta, double height) {
        double x = scaled(timeline.alphaRange(), alpha);
        double y = scaled(timeline.betaRange(), beta);
        double z = top * height;
        return new double[] {camera.x(x, y, z), camera.y(x, y, z), camera.w(x, y, z)};
    }

    private boolean hides(double[] point) {
        return picture.hides(point[0], point[1], point[2]);
    }
}
