package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.Picture;

/** The surface in 3D, with numbers and curves to its left. Thread-safe. */
public final class SurfaceScene implements Scene {

    private final SurfaceTimeline timeline;
    private final Backdrop backdrop;
    private final SurfacePane stage;
    private final Overlay overlay;

    /** A scene of one run. */
    public SurfaceScene(SurfaceTimeline timeline, Style style) {
        this.timeline = timeline;
        this.backdrop = new Backdrop(style.theme());
        this.stage = new SurfacePane(timeline, style);
        this.overlay = new Overlay(timeline, style);
    }

    @Override
    public double lastTime() {
        return timeline.lastTime();
    }

    @Override
    public void draw(Picture picture, Cue cue) {
        backdrop.draw(picture, pen -> draw(picture, pen, cue));
    }

    private void draw(Picture picture, Pen pen, Cue cue) {
        Rectangle2D middle = Overlay.middle(pen, picture);
        stage.draw(picture, pen, new Viewport(middle.getX(), 0, middle.getWidth(), middle.getHeight()), cue);
        overlay.drawNumbers(pen, picture, cue.time(), 2);
        overlay.drawColors(pen, picture.width(), picture.height());
    }
}
