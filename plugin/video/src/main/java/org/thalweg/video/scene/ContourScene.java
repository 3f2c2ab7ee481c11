package org.thalweg.video.scene;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.thalweg.video.raster.ContourLevels;
import org.thalweg.video.raster.ContourMap;
import org.thalweg.video.raster.Look;
import org.thalweg.video.raster.Picture;
import org.thalweg.video.raster.Relief;
import org.thalweg.video.text.Lettering.Anchor;

/** The surface from above as contour lines, with the minimizer and the way that it came. Thread-safe. */
public final class ContourScene implements Scene {

    private final Landscape landscape;
    private final Style style;
    private final Backdrop backdrop;
    private final HeadUp headUp;
    private final ContourLevels levels;
    private final Optional<PathOnPlane> path;

    /** A scene of one run, with the trajectory of its minimizers where it was recorded. */
    public ContourScene(Landscape landscape, Optional<Trajectory> trajectory, Style style) {
        this.landscape = landscape;
        this.style = style;
        this.backdrop = new Backdrop(style.theme());
        this.headUp = new HeadUp(landscape, style);
        this.levels = new ContourLevels(landscape.scale().contours());
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
        Rectangle area = area(pen, picture);
        Relief relief = new Relief(landscape.columns(), landscape.rows(), 1);
        relief.setHeights(landscape.heights(cue.time()));
        int clipped = style.theme() == Theme.DARK ? 0x9AA3B0 : 0x8A929C;
        ContourMap.render(
                picture,
                relief,
                area,
                new Look(style.colors(), levels, 0, 1, 0xFFFFFF, 1, clipped, Math.max(0.9, pen.px(1.8))));
        frame(pen, area);
        path.ifPresent(way -> way.draw(pen, area, cue.time()));
        minimizer(pen, area);
        String told =
                path.map(way -> way.caption(cue.time())).orElse("no path: recorded without weights and directions");
        pen.muted()
                .scaled(0.86)
                .writeCentered(pen.graphics(), told, area.getMaxX(), area.getMaxY() + pen.px(56), Anchor.RIGHT);
        headUp.drawNumbers(pen, picture, cue.time(), 2);
        headUp.drawColors(pen, picture.width(), picture.height());
    }

    private static Rectangle area(Pen pen, Picture picture) {
        Rectangle2D middle = HeadUp.middle(pen, picture);
        double side = Math.min(middle.getWidth() - pen.px(150), middle.getHeight() - pen.px(170));
        int size = Math.max(8, (int) side);
        return new Rectangle(
                (int) (middle.getCenterX() - size / 2.0 + pen.px(20)),
                (int) (middle.getCenterY() - size / 2.0 - pen.px(16)),
                size,
                size);
    }

    private void frame(Pen pen, Rectangle area) {
        Pen.Ink ink = pen.ink(pen.theme().muted(), 1.5, 1);
        pen.line(area.getX(), area.getMaxY(), area.getMaxX(), area.getMaxY(), ink);
        pen.line(area.getX(), area.getY(), area.getX(), area.getMaxY(), ink);
        double[] alpha = landscape.alphaRange();
        for (double value : Ticks.linear(alpha[0], alpha[1], 6)) {
            double x = area.getX() + (value - alpha[0]) / (alpha[1] - alpha[0]) * area.getWidth();
            pen.line(x, area.getMaxY(), x, area.getMaxY() + pen.px(7), ink);
            pen.muted()
                    .writeCentered(
                            pen.graphics(), Ticks.shortLabel(value), x, area.getMaxY() + pen.px(24), Anchor.CENTER);
        }
        double[] beta = landscape.betaRange();
        for (double value : Ticks.linear(beta[0], beta[1], 6)) {
            double y = area.getMaxY() - (value - beta[0]) / (beta[1] - beta[0]) * area.getHeight();
            pen.line(area.getX() - pen.px(7), y, area.getX(), y, ink);
            pen.muted()
                    .writeCentered(pen.graphics(), Ticks.shortLabel(value), area.getX() - pen.px(13), y, Anchor.RIGHT);
        }
        var name = pen.bold().scaled(1.2);
        name.writeCentered(pen.graphics(), "\u03B1", area.getCenterX(), area.getMaxY() + pen.px(56), Anchor.CENTER);
        name.writeCentered(pen.graphics(), "\u03B2", area.getX() - pen.px(72), area.getCenterY(), Anchor.CENTER);
    }

    private void minimizer(Pen pen, Rectangle area) {
        double[] alpha = landscape.alphaRange();
        double[] beta = landscape.betaRange();
        double x = area.getX() - alpha[0] / (alpha[1] - alpha[0]) * area.getWidth();
        double y = area.getMaxY() + beta[0] / (beta[1] - beta[0]) * area.getHeight();
        pen.disc(x, y, pen.px(12), 0xFFFFFF, 0.95);
        pen.disc(x, y, pen.px(9.5), pen.theme().marker(), 1);
    }
}
