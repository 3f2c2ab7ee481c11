package org.thalweg.video.scene;

import java.util.Optional;
import org.thalweg.video.raster.Picture;
import org.thalweg.video.scene.Trajectory.Place;
import org.thalweg.video.text.Lettering.Anchor;

/** The surface from above as contour lines, with the minimizer and the way that it came. Thread-safe. */
public final class ContourScene implements Scene {

    private final Landscape landscape;
    private final Backdrop backdrop;
    private final HeadUp headUp;
    private final ContourPlane contours;
    private final Optional<PathOnPlane> path;

    /** A scene of one run, with the trajectory of its minimizers where it was recorded. */
    public ContourScene(Landscape landscape, Optional<Trajectory> trajectory, Style style) {
        this.landscape = landscape;
        this.backdrop = new Backdrop(style.theme());
        this.headUp = new HeadUp(landscape, style);
        this.contours = new ContourPlane(landscape, style, "\u03B1", "\u03B2");
        this.path = trajectory.map(way -> new PathOnPlane(landscape, way));
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
        PlaneArea plane = contours.draw(picture, pen, cue.time());
        path.ifPresent(way -> way.draw(pen, plane, cue.time()));
        Place now = landscape.place(cue.time());
        if (landscape.shows(now)) {
            minimizer(pen, plane, now);
        }
        String told =
                path.map(way -> way.caption(cue.time())).orElse("no path: recorded without weights and directions");
        pen.muted()
                .scaled(0.86)
                .writeCentered(
                        pen.graphics(),
                        told,
                        plane.area().getMaxX(),
                        plane.area().getMaxY() + pen.px(56),
                        Anchor.RIGHT);
        headUp.drawNumbers(pen, picture, cue.time(), 2);
        headUp.drawColors(pen, picture.width(), picture.height());
    }

    private static void minimizer(Pen pen, PlaneArea plane, Place place) {
        double x = plane.x(place.alpha());
        double y = plane.y(place.beta());
        pen.disc(x, y, pen.px(12), 0xFFFFFF, 0.95);
        pen.disc(x, y, pen.px(9.5), pen.theme().marker(), 1);
    }
}
