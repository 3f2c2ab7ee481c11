package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.Picture;

/**
 * Two runs side by side on one scale. Each is shown at the same fraction of its own length; the scene's time is that of
 * the longer one. Thread-safe.
 */
public final class CompareScene implements Scene {

    private static final double MARGIN = 44;
    private static final double BAR = 130;

    private final SurfaceTimeline left;
    private final SurfaceTimeline right;
    private final Backdrop backdrop;
    private final SurfacePane leftStage;
    private final SurfacePane rightStage;
    private final Overlay overlay;
    private final int rows;

    /** A scene of two runs on the same scale. */
    public CompareScene(SurfaceTimeline left, SurfaceTimeline right, Style style) {
        if (!left.scale().equals(right.scale())) {
            throw new IllegalArgumentException(
                    "runs are compared on one scale, got " + left.scale() + " and " + right.scale());
        }
        this.left = left;
        this.right = right;
        this.backdrop = new Backdrop(style.theme());
        this.leftStage = new SurfacePane(left, style);
        this.rightStage = new SurfacePane(right, style);
        this.overlay = new Overlay(left, style);
        this.rows = Math.max(NumbersPanel.mostRows(left.numbers()), NumbersPanel.mostRows(right.numbers()));
    }

    @Override
    public double lastTime() {
        return Math.max(left.lastTime(), right.lastTime());
    }

    @Override
    public void draw(Picture picture, Cue cue) {
        backdrop.draw(picture, pen -> draw(picture, pen, cue));
    }

    private void draw(Picture picture, Pen pen, Cue cue) {
        double width = (picture.width() - pen.px(BAR)) / 2;
        double numbers = NumbersPanel.height(pen, rows);
        double top = Math.max(picture.height() * 0.3, pen.px(MARGIN - SurfacePane.ABOVE) + numbers);
        Viewport below = new Viewport(0, top, width, picture.height() - top);
        half(picture, pen, left, leftStage, below, cue);
        half(picture, pen, right, rightStage, new Viewport(width, top, width, below.height()), cue);
        overlay.drawColors(pen, picture.width(), picture.height());
    }

    private void half(Picture picture, Pen pen, SurfaceTimeline run, SurfacePane stage, Viewport view, Cue cue) {
        double share = lastTime() == 0 ? 0 : cue.time() / lastTime();
        double time = share * run.lastTime();
        stage.draw(picture, pen, view, new Cue(time, cue.azimuth()));
        FrameNumbers moment = run.numbers().get(run.frameAt(time));
        NumbersPanel.draw(
                pen,
                new Rectangle2D.Double(view.x() + pen.px(MARGIN), pen.px(MARGIN), pen.px(400), view.y()),
                run.title(),
                moment);
    }
}
