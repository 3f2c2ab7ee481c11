package org.thalweg.video.internal.scene;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.raster.ContourLevels;
import org.thalweg.video.internal.raster.ContourMap;
import org.thalweg.video.internal.raster.HeightField;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.raster.ShadingOptions;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** A contour plot of a surface, with its axes: square, or with one scale on both axes. Thread-safe. */
final class ContourPlane {

    /** Longer names of the vertical axis are written along it. */
    private static final int SHORT_NAME = 2;

    /** A plane that is narrower than this share of its other side would be a strip. */
    private static final double NARROWEST = 0.25;

    private final SurfaceTimeline timeline;
    private final Style style;
    private final ContourLevels levels;
    private final String alphaName;
    private final String betaName;
    private final boolean isToScale;

    /**
     * @param alphaName label of the axis along delta
     * @param betaName label of the axis along eta
     * @param isToScale whether a unit is as long on both axes, for a delta and an eta of one length; a plane that is narrower
     *     than a quarter of its other side is widened to that
     */
    ContourPlane(SurfaceTimeline timeline, Style style, String alphaName, String betaName, boolean isToScale) {
        this.timeline = timeline;
        this.style = style;
        this.levels = style.levels(timeline.scale());
        this.alphaName = alphaName;
        this.betaName = betaName;
        this.isToScale = isToScale;
    }

    /** Draws the surface at a time into the middle of a picture; returns its area. */
    PlaneArea draw(Picture picture, Pen pen, double time) {
        Rectangle area = isToScale ? toScale(area(pen, picture)) : area(pen, picture);
        HeightField field = new HeightField(timeline.columns(), timeline.rows(), 1);
        field.setHeights(timeline.heights(time));
        int clipped = style.theme() == Theme.DARK ? 0x9AA3B0 : 0x8A929C;
        ContourMap.render(
                picture,
                field,
                area,
                new ShadingOptions(style.colors(), levels, 0, 1, 0xFFFFFF, 1, clipped, Math.max(0.9, pen.px(1.8))));
        PlaneArea plane = new PlaneArea(area, timeline.alphaRange(), timeline.betaRange());
        axes(pen, plane);
        if (ComputedPoints.shown(style.values(), timeline.numbers().get(timeline.frameAt(time)))) {
            for (double[] point : timeline.computed(time)) {
                ComputedPoints.draw(pen, plane.x(point[0]), plane.y(point[1]));
            }
        }
        return plane;
    }

    /** The part of a square in which both axes have one scale. */
    private Rectangle toScale(Rectangle square) {
        double[] alpha = timeline.alphaRange();
        double[] beta = timeline.betaRange();
        double ratio = (beta[1] - beta[0]) / (alpha[1] - alpha[0]);
        int width = (int) (square.width * Math.max(NARROWEST, Math.min(1, 1 / ratio)));
        int height = (int) (square.height * Math.max(NARROWEST, Math.min(1, ratio)));
        return new Rectangle(
                square.x + (square.width - width) / 2, square.y + (square.height - height) / 2, width, height);
    }

    /** The area of a square plane in a picture. */
    static Rectangle area(Pen pen, Picture picture) {
        Rectangle2D middle = Layout.of(pen, picture).stage();
        double side = Math.min(middle.getWidth() - pen.px(150), middle.getHeight() - pen.px(170));
        int size = Math.max(8, (int) side);
        return new Rectangle(
                (int) (middle.getCenterX() - size / 2.0 + pen.px(20)),
                (int) (middle.getCenterY() - size / 2.0 - pen.px(16)),
                size,
                size);
    }

    private void axes(Pen pen, PlaneArea plane) {
        Rectangle2D area = plane.area();
        Pen.Ink ink = pen.ink(pen.theme().muted(), 1.5, 1);
        pen.line(area.getX(), area.getMaxY(), area.getMaxX(), area.getMaxY(), ink);
        pen.line(area.getX(), area.getY(), area.getX(), area.getMaxY(), ink);
        for (double value : Ticks.linear(plane.alpha()[0], plane.alpha()[1], 6)) {
            double x = plane.x(value);
            pen.line(x, area.getMaxY(), x, area.getMaxY() + pen.px(7), ink);
            pen.muted()
                    .writeCentered(
                            pen.graphics(), Ticks.shortLabel(value), x, area.getMaxY() + pen.px(24), Anchor.CENTER);
        }
        for (double value : Ticks.linear(plane.beta()[0], plane.beta()[1], 6)) {
            double y = plane.y(value);
            pen.line(area.getX() - pen.px(7), y, area.getX(), y, ink);
            pen.muted()
                    .writeCentered(pen.graphics(), Ticks.shortLabel(value), area.getX() - pen.px(13), y, Anchor.RIGHT);
        }
        names(pen, area);
    }

    private void names(Pen pen, Rectangle2D area) {
        name(pen, alphaName)
                .writeCentered(
                        pen.graphics(), alphaName, area.getCenterX(), area.getMaxY() + pen.px(56), Anchor.CENTER);
        double x = area.getX() - pen.px(72);
        TextStyle beta = name(pen, betaName);
        if (betaName.length() <= SHORT_NAME) {
            beta.writeCentered(pen.graphics(), betaName, x, area.getCenterY(), Anchor.CENTER);
            return;
        }
        AffineTransform upright = pen.graphics().getTransform();
        pen.graphics().rotate(-Math.PI / 2, x, area.getCenterY());
        beta.writeCentered(pen.graphics(), betaName, x, area.getCenterY(), Anchor.CENTER);
        pen.graphics().setTransform(upright);
    }

    private static TextStyle name(Pen pen, String name) {
        return name.length() <= SHORT_NAME ? pen.bold().scaled(1.2) : pen.text();
    }
}
