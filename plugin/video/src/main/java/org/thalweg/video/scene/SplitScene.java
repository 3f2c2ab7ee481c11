package org.thalweg.video.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.raster.Camera.Viewport;
import org.thalweg.video.raster.Picture;

/** The surface on the left, numbers and large curves on the right. Thread-safe. */
public final class SplitScene implements Scene {

    private static final double SURFACE_SHARE = 0.58;
    private static final double MARGIN = 44;

    private final Landscape landscape;
    private final Backdrop backdrop;
    private final ReliefStage stage;
    private final HeadUp headUp;

    /** A scene of one run. */
    public SplitScene(Landscape landscape, Style style) {
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
        double border = picture.width() * SURFACE_SHARE;
        stage.draw(picture, pen, new Viewport(0, 0, border, picture.height()), cue);
        double margin = pen.px(MARGIN);
        double left = border + margin;
        double width = picture.width() - left - margin;
        Moment moment = landscape.moments().get(landscape.frameAt(cue.time()));
        Rectangle2D numbers = new Rectangle2D.Double(left, margin, pen.px(420), picture.height());
        double end = NumbersPanel.draw(pen, numbers, landscape.title(), moment);
        headUp.drawCharts(
                pen, new Rectangle2D.Double(left, end, width, picture.height() - margin - end), cue.time(), 3);
    }
}
