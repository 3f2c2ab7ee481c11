package org.thalweg.video.internal.scene;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.thalweg.video.internal.scene.MinimizerPath.Place;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/**
 * The minimizer's path on the plane shown. A plane of two random directions contains almost nothing of it, so a path
 * that is too short to see is shown again, enlarged, in an inset. Thread-safe.
 */
final class PathOnPlane {

    /** Reach below which the path is enlarged, as a fraction of the plane's. */
    private static final double SHORT = 0.15;

    private static final double INSET = 0.3;

    private final SurfaceTimeline timeline;
    private final MinimizerPath trajectory;
    private final double planeReach;
    private final double insetReach;

    PathOnPlane(SurfaceTimeline timeline, MinimizerPath trajectory) {
        this.trajectory = trajectory;
        this.timeline = timeline;
        this.planeReach = Math.min(reach(timeline.alphaRange()), reach(timeline.betaRange()));
        this.insetReach = roundedUp(1.05 * trajectory.reach());
    }

    private static double reach(double[] range) {
        return Math.max(Math.abs(range[0]), Math.abs(range[1]));
    }

    /** The next 1, 2 or 5 times a power of ten. */
    private static double roundedUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double share = value / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }

    /** Says how much of the path lies in the plane; empty before there is a path. */
    Optional<String> caption(double time) {
        if (trajectory.places(time).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Ticks.percent(trajectory.share(time)) + " of the path lies in this plane");
    }

    /** Draws the path onto the plane's area and, if it is short, enlarged into a corner. */
    void draw(Pen pen, PlaneArea plane, double time) {
        List<Place> places = trajectory.places(time);
        Shape before = pen.graphics().getClip();
        pen.graphics().setClip(plane.area());
        Place now = timeline.place(time);
        way(pen, plane, places.stream().map(place -> place.seenFrom(now)).toList(), now);
        pen.graphics().setClip(before);
        if (trajectory.reach() > 0 && trajectory.reach() < SHORT * planeReach) {
            inset(pen, plane.area(), places);
        }
    }

    private void inset(Pen pen, Rectangle2D area, List<Place> places) {
        double side = INSET * area.getWidth();
        double gap = pen.px(14);
        Rectangle2D field =
                new Rectangle2D.Double(area.getMaxX() - side - gap, area.getMaxY() - side - gap, side, side);
        pen.fill(field, pen.theme().panel(), 0.92);
        double[] range = {-insetReach, insetReach};
        Pen.Ink border = pen.ink(pen.theme().muted(), 1.2, 1);
        border.use(pen.graphics());
        pen.graphics().draw(field);
        Pen.Ink line = pen.ink(pen.theme().line(), 1, 1);
        pen.line(field.getX(), field.getCenterY(), field.getMaxX(), field.getCenterY(), line);
        pen.line(field.getCenterX(), field.getY(), field.getCenterX(), field.getMaxY(), line);
        way(pen, new PlaneArea(field, range, range), places, new Place(0, 0));
        pen.disc(field.getCenterX(), field.getCenterY(), pen.px(6), pen.theme().marker(), 1);
        pen.muted()
                .scaled(0.86)
                .write(
                        pen.graphics(),
                        "enlarged: \u00B1" + Ticks.shortLabel(insetReach),
                        field.getMaxX() - pen.px(8),
                        field.getMaxY() - pen.px(10),
                        Anchor.RIGHT);
    }

    /** From the oldest place to the current minimizer; older ones are paler. */
    private static void way(Pen pen, PlaneArea plane, List<Place> places, Place now) {
        for (int i = 0; i < places.size(); i++) {
            Place from = places.get(i);
            Place to = i + 1 < places.size() ? places.get(i + 1) : now;
            double age = 0.35 + 0.65 * (i + 1.0) / places.size();
            int color = pen.theme().marker();
            double x = plane.x(from.alpha());
            double y = plane.y(from.beta());
            pen.line(x, y, plane.x(to.alpha()), plane.y(to.beta()), pen.ink(0xFFFFFF, 5, 0.5 * age));
            pen.line(x, y, plane.x(to.alpha()), plane.y(to.beta()), pen.ink(color, 2.6, age));
            pen.disc(x, y, pen.px(4), color, age);
        }
    }
}
