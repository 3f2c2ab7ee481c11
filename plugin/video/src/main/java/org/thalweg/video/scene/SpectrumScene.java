package org.thalweg.video.scene;

import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.thalweg.video.raster.Picture;
import org.thalweg.video.text.Lettering.Anchor;

/** Every recorded eigenvalue of the Hessian over the run, with its residual as an error bar. Thread-safe. */
public final class SpectrumScene implements Scene {

    private static final double MARGIN = 44;

    private final Landscape landscape;
    private final Backdrop backdrop;
    private final HeadUp headUp;
    private final Optional<Chart> spectrum;

    /** A scene of one run. */
    public SpectrumScene(Landscape landscape, Style style) {
        this.landscape = landscape;
        this.backdrop = new Backdrop(style.theme());
        this.headUp = new HeadUp(landscape, style);
        this.spectrum = Charts.spectrum(landscape.moments());
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
        headUp.drawNumbers(pen, picture, cue.time(), 1);
        double left = HeadUp.middle(pen, picture).getX() + pen.px(20);
        double margin = pen.px(MARGIN);
        Rectangle2D area =
                new Rectangle2D.Double(left, margin, picture.width() - left - margin, picture.height() - 2 * margin);
        if (spectrum.isPresent()) {
            spectrum.get().draw(pen, area, landscape.iteration(cue.time()));
        } else {
            pen.muted()
                    .write(
                            pen.graphics(),
                            "this run has no eigenvalues",
                            area.getCenterX(),
                            area.getCenterY(),
                            Anchor.CENTER);
        }
    }
}
