package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.internal.raster.Camera.Viewport;
import org.thalweg.video.internal.raster.Picture;

/** The surface on the left, numbers and large curves on the right; in an upright picture below it. Thread-safe. */
public final class SplitScene extends RunScene {

    private static final double SURFACE_SHARE = 0.58;
    private static final int CHARTS = 3;
    private static final double MARGIN = 44;

    private final SurfacePane stage;

    /** A scene of one run. */
    public SplitScene(SurfaceTimeline timeline, Style style) {
        super(timeline, style);
        this.stage = new SurfacePane(timeline, style);
    }

    @Override
    void draw(Picture picture, Pen pen, Cue cue) {
        if (Layout.isUpright(picture)) {
            Layout layout = Layout.of(pen, picture);
            double height = layout.stage().getHeight();
            stage.draw(picture, pen, new Viewport(0, 0, picture.width(), height), cue);
            overlay.drawNumbers(pen, layout, cue.time(), CHARTS);
            return;
        }
        double border = picture.width() * SURFACE_SHARE;
        stage.draw(picture, pen, new Viewport(0, 0, border, picture.height()), cue);
        double margin = pen.px(MARGIN);
        double left = border + margin;
        double width = picture.width() - left - margin;
        Rectangle2D numbers = new Rectangle2D.Double(left, margin, pen.px(420), picture.height());
        double end = NumbersPanel.draw(pen, numbers, timeline.title(), NumbersPanel.rows(timeline, cue.time()));
        overlay.drawCharts(
                pen, new Rectangle2D.Double(left, end, width, picture.height() - margin - end), cue.time(), CHARTS);
    }
}
