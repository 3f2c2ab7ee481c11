package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;

/**
 * An area of the picture that shows a plane, and the coordinates at its borders.
 *
 * @param area in pixels
 * @param alpha at its left and right
 * @param beta at its bottom and top
 */
record PlaneArea(Rectangle2D area, double[] alpha, double[] beta) {

    /** Horizontal pixel position of a coordinate along delta. */
    double x(double value) {
        return area.getX() + (value - alpha[0]) / (alpha[1] - alpha[0]) * area.getWidth();
    }

    /** Vertical pixel position of a coordinate along eta. */
    double y(double value) {
        return area.getMaxY() - (value - beta[0]) / (beta[1] - beta[0]) * area.getHeight();
    }
}
