package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import org.thalweg.video.internal.raster.Picture;

/**
 * Where a picture has its parts, in pixels. A picture that is wider than high has numbers and charts to the left of the
 * surface; a higher one has them below it, next to each other. The colour bar is at the right edge, next to the stage.
 *
 * @param stage for the surface
 * @param numbers for the numbers
 * @param upright for charts next to the numbers; empty where they belong below them
 */
record Layout(Rectangle2D stage, Rectangle2D numbers, Rectangle2D upright) {

    private static final double MARGIN = 44;
    private static final double COLUMN = 400;
    private static final double BAR = 120;
    private static final double GAP = 16;
    private static final double CHART = 236;

    /** Height of the part below the surface. */
    private static final double BELOW = 840;

    /** The layout of a picture. */
    static Layout of(Pen pen, Picture picture) {
        double margin = pen.px(MARGIN);
        double column = pen.px(COLUMN);
        if (!isUpright(picture)) {
            double left = margin + column + pen.px(10);
            return new Layout(
                    new Rectangle2D.Double(left, 0, picture.width() - left - pen.px(BAR), picture.height()),
                    new Rectangle2D.Double(margin, margin, column, picture.height() - 2 * margin),
                    new Rectangle2D.Double());
        }
        double stage = picture.height() - pen.px(BELOW);
        double height = pen.px(BELOW) - margin;
        double charts = margin + column + pen.px(2 * GAP);
        return new Layout(
                new Rectangle2D.Double(0, 0, picture.width() - pen.px(BAR), stage),
                new Rectangle2D.Double(margin, stage, column, height),
                new Rectangle2D.Double(charts, stage, picture.width() - margin - charts, height));
    }

    /** Whether a picture is higher than wide. */
    static boolean isUpright(Picture picture) {
        return picture.height() > picture.width();
    }

    /** The area for charts, given where the numbers end. */
    Rectangle2D charts(double end) {
        return isUpright()
                ? upright
                : new Rectangle2D.Double(numbers.getX(), end, numbers.getWidth(), numbers.getMaxY() - end);
    }

    /** The height of each of some charts in an area that {@link #charts} gave, one below the other. */
    double chartHeight(Pen pen, Rectangle2D area, int shown) {
        double gap = pen.px(GAP);
        return isUpright()
                ? (area.getHeight() - (shown - 1) * gap) / shown
                : Math.min(pen.px(CHART), area.getHeight() / shown - gap);
    }

    private boolean isUpright() {
        return !upright.isEmpty();
    }
}
