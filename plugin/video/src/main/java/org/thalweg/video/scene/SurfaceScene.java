package org.thalweg.video.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.raster.Camera.Viewport;
import org.thalweg.video.raster.Picture;

/** The surface in 3D, with numbers and curves to its left. Thread-safe. */
public final class SurfaceScene implements Scene {

    private final Landscape landscape;
    private final Backdrop backdrop;
    private final ReliefStage stage;
    private final HeadUp headUp;

    /** A scene of one run. */
    public SurfaceScene(Landscape landscape, Style style) {
        this.landscape = landscape;
        this.backdrop = new Backdrop(style.theme());
        this.stage = new ReliefStage(landscape, style);
        this.headUp = new HeadUp(landscape, style);
    }

    @Override
    public double lastTime() {
        return landscape.lastTime();
    }

    @Override
    public void draw(Picture picture, Cue cue) {
        backdrop.draw(picture, pen -> draw(picture, pen, cue));
    }

    private void draw(Picture picture, Pen pen, Cue cue) {
        Rectangle2D middle = HeadUp.middle(pen, picture);
        stage.draw(picture, pen, new Viewport(middle.getX(), 0, middle.getWidth(), middle.getHeight()), cue);
        headUp.drawNumbers(pen, picture, cue.time(), 2);
        headUp.drawColors(pen, picture.width(), picture.height());
    }
}
