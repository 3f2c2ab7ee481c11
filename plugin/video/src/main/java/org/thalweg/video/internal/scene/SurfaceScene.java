package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.Picture;

/** The surface in 3D, with numbers and curves to its left, or below it in an upright picture. Thread-safe. */
public final class SurfaceScene extends RunScene {

    private final SurfacePane stage;

    /** A scene of one run. */
    public SurfaceScene(SurfaceTimeline timeline, Style style) {
        super(timeline, style);
        this.stage = new SurfacePane(timeline, style);
    }

    @Override
    void draw(Picture picture, Pen pen, Cue cue) {
        Layout layout = Layout.of(pen, picture);
        Rectangle2D area = layout.stage();
        stage.draw(picture, pen, new Viewport(area.getX(), 0, area.getWidth(), area.getHeight()), cue);
        overlay.drawNumbers(pen, layout, cue.time(), 2);
        overlay.drawColors(pen, picture.width(), area.getHeight());
    }
}
