package org.thalweg.video.internal.scene;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Optional;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.scene.MinimizerPath.Place;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** The surface from above as contour lines, with the minimizer and its path. Thread-safe. */
public final class ContourScene extends RunScene {

    private static final double CAPTION = 56;

    /** Below the name of the axis, which a narrow plane's caption would meet. */
    private static final double LOWER_CAPTION = 86;

    private final Style style;
    private final ContourPlane contours;
    private final Optional<PathOnPlane> path;

    /** A scene of one run, with its minimizer's path if it was recorded. */
    public ContourScene(SurfaceTimeline timeline, Optional<MinimizerPath> trajectory, Style style) {
        super(timeline, style);
        this.style = style;
        this.contours = new ContourPlane(timeline, style, "\u03B1", "\u03B2", false);
        this.path = trajectory.map(way -> new PathOnPlane(timeline, way));
    }

    @Override
    void draw(Picture picture, Pen pen, Cue cue) {
        PlaneArea plane = contours.draw(picture, pen, cue.time());
        path.ifPresent(way -> way.draw(pen, plane, cue.time()));
        Place now = timeline.place(cue.time());
        if (timeline.shows(now)) {
            minimizer(pen, plane, now);
        }
        further(pen, plane, timeline.numbers().get(timeline.frameAt(cue.time())));
        String told = path.map(way -> way.caption(cue.time()).orElse(""))
                .orElse("no path: recorded without weights and directions");
        pen.muted()
                .scaled(0.86)
                .writeCentered(
                        pen.graphics(),
                        told,
                        plane.area().getMaxX(),
                        plane.area().getMaxY() + pen.px(Layout.isUpright(picture) ? LOWER_CAPTION : CAPTION),
                        Anchor.RIGHT);
        Layout layout = Layout.of(pen, picture);
        overlay.drawNumbers(pen, layout, cue.time(), 2);
        Overlay.drawMapColors(
                pen, timeline, style, picture.width(), layout.stage().getHeight());
    }

    /** The circle within which the quadratic model holds, and the averaged weights. */
    private void further(Pen pen, PlaneArea plane, FrameNumbers frame) {
        boolean hasModel = style.values().model() && timeline.quantity() == SurfaceQuantity.LOSS;
        if (hasModel && frame.radius().isPresent()) {
            double radius = frame.radius().getAsDouble();
            Path2D circle = new Path2D.Double(new Ellipse2D.Double(
                    plane.x(-radius),
                    plane.y(radius),
                    plane.x(radius) - plane.x(-radius),
                    plane.y(-radius) - plane.y(radius)));
            Shape clip = pen.graphics().getClip();
            pen.graphics().clip(plane.area());
            pen.draw(circle, pen.ink(pen.theme().marker(), 2.5, 1));
            pen.graphics().setClip(clip);
        }
        frame.average()
                .filter(average -> Double.isFinite(average.at(timeline.quantity())) && timeline.shows(average.place()))
                .ifPresent(average -> {
                    double x = plane.x(average.place().alpha());
                    double y = plane.y(average.place().beta());
                    pen.disc(x, y, pen.px(8.5), pen.theme().text(), 0.95);
                    pen.disc(x, y, pen.px(5.5), pen.theme().marker(), 1);
                });
    }

    private static void minimizer(Pen pen, PlaneArea plane, Place place) {
        double x = plane.x(place.alpha());
        double y = plane.y(place.beta());
        pen.disc(x, y, pen.px(12), 0xFFFFFF, 0.95);
        pen.disc(x, y, pen.px(9.5), pen.theme().marker(), 1);
    }
}
