package org.thalweg.video.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.raster.Camera.Viewport;
import org.thalweg.video.raster.Picture;

/**
 * Two runs side by side on one scale. Each is shown at the same share of its own length; the time of the scene is that of
 * the longer one. Thread-safe.
 */
public final class CompareScene implements Scene {

    private static final double MARGIN = 44;
    private static final double BAR = 130;

    private final Landscape left;
    private final Landscape right;
    private final Backdrop backdrop;
    private final ReliefStage leftStage;
    private final ReliefStage rightStage;
    private final HeadUp headUp;
    private final int rows;

    /** A scene of two runs whose landscapes have the same scale. */
    public CompareScene(Landscape left, Landscape right, Style style) {
        if (!left.scale().equals(right.scale())) {
            throw new IllegalArgumentException(
                    "runs are compared on one scale, got " + left.scale() + " and " + right.scale());
        }
        this.left = left;
        this.right = right;
        this.backdrop = new Backdrop(style.theme());
        this.leftStage = new ReliefStage(left, style);
        this.rightStage = new ReliefStage(right, style);
        this.headUp = new HeadUp(left, style);
        this.rows = Math.max(NumbersPanel.mostRows(left.moments()), NumbersPanel.mostRows(right.moments()));
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
        double top = Math.max(picture.height() * 0.3, pen.px(MARGIN - ReliefStage.ABOVE) + numbers);
        Viewport below = new Viewport(0, top, width, picture.height() - top);
        half(picture, pen, left, leftStage, below, cue);
        half(picture, pen, right, rightStage, new Viewport(width, top, width, below.height()), cue);
        headUp.drawColors(pen, picture.width(), picture.height());
    }

    private void half(Picture picture, Pen pen, Landscape run, ReliefStage stage, Viewport view, Cue cue) {
        double share = lastTime() == 0 ? 0 : cue.time() / lastTime();
        double time = share * run.lastTime();
        stage.draw(picture, pen, view, new Cue(time, cue.azimuth()));
        Moment moment = run.moments().get(run.frameAt(time));
        NumbersPanel.draw(
                pen,
                new Rectangle2D.Double(view.x() + pen.px(MARGIN), pen.px(MARGIN), pen.px(400), view.y()),
                run.title(),
                moment);
    }
}
