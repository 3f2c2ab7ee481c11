package org.thalweg.video.internal.scene;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.raster.Camera;
import org.thalweg.video.internal.raster.Camera.Box;
import org.thalweg.video.internal.raster.Camera.Pose;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.ContourLevels;
import org.thalweg.video.internal.raster.HeightField;
import org.thalweg.video.internal.raster.HeightFieldRenderer;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.raster.ShadingOptions;
import org.thalweg.video.internal.scene.Marker.Step;
import org.thalweg.video.internal.scene.MinimizerPath.Place;

/** One run's surface in a viewport: box, height field, ground, minimizer and trail. Thread-safe. */
final class SurfacePane {

    /** Room for labels above the scene. */
    static final double ABOVE = 40;

    private static final double TOP = 0.86;
    private static final double GROUND = -0.5;
    private static final double ELEVATION = 38;
    private static final double DISTANCE = 6.5;
    private static final int TRAIL = 60;

    private final SurfaceTimeline timeline;
    private final Style style;
    private final ContourLevels levels;

    SurfacePane(SurfaceTimeline timeline, Style style) {
        this.timeline = timeline;
        this.style = style;
        this.levels = style.levels(timeline.scale());
    }

    /** Draws the surface; labels stay within the viewport, the scene a little further inside. */
    void draw(Picture picture, Pen pen, Viewport viewport, Scene.Cue cue) {
        double side = pen.px(86);
        double below = pen.px(62);
        double above = pen.px(ABOVE);
        Viewport inner = new Viewport(
                viewport.x() + side,
                viewport.y() + above,
                Math.max(1, viewport.width() - 2 * side),
                Math.max(1, viewport.height() - above - below));
        Camera camera = Camera.showing(new Box(GROUND, TOP), new Pose(cue.azimuth(), ELEVATION, DISTANCE), inner);
        Axes axes = new Axes(
                timeline.alphaRange(),
                timeline.betaRange(),
                timeline.scale(),
                timeline.quantity().label(),
                GROUND,
                TOP);
        axes.drawBehind(pen, camera);
        HeightField field = new HeightField(timeline.columns(), timeline.rows(), TOP);
        field.setHeights(timeline.heights(cue.time()));
        style.renderer().render(picture, field, new HeightFieldRenderer.View(camera, viewport, shading(pen), GROUND));
        axes.drawFront(pen, camera);
        dots(picture, pen, camera, field, cue.time());
        List<Step> trail = trail(cue.time());
        if (!trail.isEmpty()) {
            new Marker(picture, pen, camera).draw(trail, GROUND);
        }
        FrameNumbers frame = timeline.numbers().get(timeline.frameAt(cue.time()));
        ModelNet further = new ModelNet(picture, pen, camera, timeline, TOP);
        if (style.values().model()) {
            further.draw(frame);
        }
        further.drawAverage(frame);
    }

    /** Marks the computed points. */
    private void dots(Picture picture, Pen pen, Camera camera, HeightField field, double time) {
        FrameNumbers numbers = timeline.numbers().get(timeline.frameAt(time));
        if (!ComputedPoints.shown(style.values(), numbers)) {
            return;
        }
        for (double[] point : timeline.computed(time)) {
            double x = between(timeline.alphaRange(), point[0]);
            double y = between(timeline.betaRange(), point[1]);
            double z = field.zAt(x, y);
            double column = camera.x(x, y, z);
            double row = camera.y(x, y, z);
            if (!Double.isNaN(z) && !picture.hides(column, row, camera.w(x, y, z))) {
                ComputedPoints.draw(pen, column, row);
            }
        }
    }

    private ShadingOptions shading(Pen pen) {
        boolean dark = style.theme() == Theme.DARK;
        return new ShadingOptions(
                style.colors(),
                levels,
                0x06080C,
                0.55,
                style.theme().contour(),
                ColorBar.groundDimming(style.theme()),
                dark ? 0x9AA3B0 : 0x8A929C,
                Math.max(0.9, pen.px(1.5)));
    }

    /**
     * The minimizer at earlier frames and now; empty if its loss is not finite or it lies outside the plane's range.
     */
    private List<Step> trail(double time) {
        List<Step> trail = new ArrayList<>();
        int frame = timeline.frameAt(time);
        for (int i = Math.max(0, frame - TRAIL); i <= frame; i++) {
            FrameNumbers moment = timeline.numbers().get(i);
            add(trail, moment.place(), moment.at(timeline.quantity()));
        }
        double now = timeline.value(time);
        Place here = timeline.place(time);
        if (!Double.isFinite(now) || !timeline.shows(here)) {
            return List.of();
        }
        add(trail, here, now);
        return trail;
    }

    private void add(List<Step> trail, Place place, double loss) {
        if (Double.isFinite(loss) && timeline.shows(place)) {
            double height = Math.max(0, Math.min(1, timeline.scale().height(loss)));
            trail.add(new Step(
                    between(timeline.alphaRange(), place.alpha()),
                    between(timeline.betaRange(), place.beta()),
                    TOP * height));
        }
    }

    /** A coordinate scaled to -1 to 1. */
    private static double between(double[] range, double coordinate) {
        return 2 * (coordinate - range[0]) / (range[1] - range[0]) - 1;
    }
}
