package org.thalweg.video.internal.scene;

import org.thalweg.video.internal.raster.Camera;
import org.thalweg.video.internal.raster.Picture;

/**
 * The minimizer on its surface, a plumb line to the ground, and its trail; parts that the surface hides are drawn
 * faintly. Every surface is centred on its own minimizer, so without recorded weights the trail shows only the falling
 * loss. Immutable.
 */
final class Marker {

    private static final double HIDDEN = 0.35;

    private final Picture picture;
    private final Pen pen;
    private final Camera camera;

    Marker(Picture picture, Pen pen, Camera camera) {
        this.picture = picture;
        this.pen = pen;
        this.camera = camera;
    }

    /** A point of the trail in the scene. */
    record Step(double x, double y, double z) {}

    /** Draws the trail, oldest step first; the last step is the current minimizer. */
    void draw(java.util.List<Step> trail, double groundZ) {
        Step now = trail.get(trail.size() - 1);
        plumb(now, groundZ);
        for (int i = 1; i < trail.size(); i++) {
            double age = (double) i / trail.size();
            segment(trail.get(i - 1), trail.get(i), 0.25 + 0.75 * age);
        }
        for (int i = 0; i + 1 < trail.size(); i++) {
            Step step = trail.get(i);
            double age = (i + 1.0) / trail.size();
            pen.disc(x(step), y(step), pen.px(3.2), color(), (0.25 + 0.6 * age) * visibility(step));
        }
        ball(now);
    }

    private void plumb(Step now, double groundZ) {
        Step ground = new Step(now.x, now.y, groundZ);
        pen.line(x(now), y(now), x(ground), y(ground), pen.ink(color(), 1.6, HIDDEN));
        pen.disc(x(ground), y(ground), pen.px(5), color(), HIDDEN);
    }

    private void segment(Step from, Step to, double opacity) {
        Step middle = new Step((from.x + to.x) / 2, (from.y + to.y) / 2, (from.z + to.z) / 2);
        pen.line(x(from), y(from), x(to), y(to), pen.ink(color(), 3, opacity * visibility(middle)));
    }

    private void ball(Step now) {
        double opacity = visibility(now) < 1 ? 0.55 : 1;
        double radius = pen.px(11);
        pen.disc(x(now), y(now), radius + pen.px(2.5), 0xFFFFFF, 0.9 * opacity);
        pen.disc(x(now), y(now), radius, color(), opacity);
        pen.disc(x(now) - radius * 0.3, y(now) - radius * 0.35, radius * 0.32, 0xFFFFFF, 0.6 * opacity);
    }

    private int color() {
        return pen.theme().marker();
    }

    private double visibility(Step step) {
        return picture.hides(x(step), y(step), camera.w(step.x, step.y, step.z)) ? HIDDEN : 1;
    }

    private double x(Step step) {
        return camera.x(step.x, step.y, step.z);
    }

    private double y(Step step) {
        return camera.y(step.x, step.y, step.z);
    }
}
