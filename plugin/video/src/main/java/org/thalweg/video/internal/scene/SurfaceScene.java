package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.Picture;

/** The surface in 3D, with numbers and curves to its left. Thread-safe. */
public final class SurfaceScene extends RunScene {

    private final SurfacePane stage;

    /** A scene of one run. */
    public SurfaceScene(SurfaceTimeline timeline, Style style) {
        super(timeline, style);
        this.stage = new SurfacePane(timeline, style);
    }

    @Override
    void draw(Picture picture, Pen pen, Cue cue) {
        Rectangle2D middle = Overlay.middle(pen, picture);
        stage.draw(picture, pen, new Viewport(middle.getX(), 0, middle.getWidth(), middle.getHeight()), cue);
        overlay.drawNumbers(pen, picture, cue.time(), 2);
        overlay.drawColors(pen, picture.width(), picture.height());
    }
}
