package org.thalweg.video.internal.raster;

import java.util.Arrays;

/**
 * The nearest surface at each sample of a band of rows: a z-buffer of grid coordinates instead of colours, so only what
 * is visible is shaded. Small enough to stay in the processor's cache. Not thread-safe.
 *
 * <p>A sample is at the centre of its cell. A triangle owns the samples from its left edge up to, not including, its
 * right edge, and from its top to its bottom likewise, and edges are walked from top to bottom whichever triangle they
 * belong to, so neighbours split the samples of a common edge without gap or overlap.
 */
final class SampleBand {

    /** Samples per row. */
    final int width;

    final int height;
    /** 1 / W of the nearest point, 0 if there is none, {@code [height * width]}. */
    final float[] nearness;
    /** Its grid column; on the ground -1 - column. */
    final float[] u;
    /** Its grid row. */
    final float[] v;

    private int top;

    SampleBand(int width, int height) {
        this.width = width;
        this.height = height;
        this.nearness = new float[width * height];
        this.u = new float[width * height];
        this.v = new float[width * height];
    }

    /** Clears the band and moves its first row to a sample row of the picture. */
    void startAt(int sampleRow) {
        top = sampleRow;
        Arrays.fill(nearness, 0);
    }

    /** A corner in samples from the left border of the band and from the top of the picture. */
    record Corner(double x, double y, double nearness, double u, double v) {}

    /**
     * Draws a triangle. Nearness is linear on the screen; u and v are also taken as linear; for triangles as small as a
     * cell of the fine grid, the error is less than a hundredth of a cell.
     */
    void triangle(Corner a, Corner b, Corner c) {
        double area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        Plane plane = Math.abs(area) < 1 ? Plane.mean(a, b, c) : Plane.through(a, b, c, area);
        Corner first = a;
        Corner second = b;
        Corner third = c;
        if (second.y < first.y) {
            Corner swap = first;
            first = second;
            second = swap;
        }
        if (third.y < first.y) {
            Corner swap = first;
            first = third;
            third = swap;
        }
        if (third.y < second.y) {
            Corner swap = second;
            second = third;
            third = swap;
        }
        int from = Math.max(top, (int) Math.ceil(first.y - 0.5));
        int to = Math.min(top + height, (int) Math.ceil(third.y - 0.5));
        for (int row = from; row < to; row++) {
            double y = row + 0.5;
            double one = along(first, third, y);
            double other = y < second.y ? along(first, second, y) : along(second, third, y);
            span(row, Math.min(one, other), Math.max(one, other), plane);
        }
    }

    private static double along(Corner upper, Corner lower, double y) {
        double length = lower.y - upper.y;
        return length > 0 ? upper.x + (lower.x - upper.x) * ((y - upper.y) / length) : upper.x;
    }

    private void span(int row, double left, double right, Plane plane) {
        int from = Math.max(0, (int) Math.ceil(left - 0.5));
        int to = Math.min(width, (int) Math.ceil(right - 0.5));
        if (from >= to) {
            return;
        }
        double x = from + 0.5;
        double y = row + 0.5;
        float near = (float) plane.nearness(x, y);
        float atU = (float) plane.u(x, y);
        float atV = (float) plane.v(x, y);
        float nearStep = (float) plane.nearX;
        float uStep = (float) plane.uX;
        float vStep = (float) plane.vX;
        int i = (row - top) * width + from;
        for (int end = i + to - from; i < end; i++) {
            if (near > nearness[i]) {
                nearness[i] = near;
                u[i] = atU;
                v[i] = atV;
            }
            near += nearStep;
            atU += uStep;
            atV += vStep;
        }
    }

    /** Nearness, u and v as linear functions of the sample's position. */
    private record Plane(
            double near0,
            double nearX,
            double nearY,
            double u0,
            double uX,
            double uY,
            double v0,
            double vX,
            double vY) {

        static Plane through(Corner a, Corner b, Corner c, double area) {
            double bx = (c.y - a.y) / area;
            double cx = -(b.y - a.y) / area;
            double by = -(c.x - a.x) / area;
            double cy = (b.x - a.x) / area;
            double nearX = (b.nearness - a.nearness) * bx + (c.nearness - a.nearness) * cx;
            double nearY = (b.nearness - a.nearness) * by + (c.nearness - a.nearness) * cy;
            double uX = (b.u - a.u) * bx + (c.u - a.u) * cx;
            double uY = (b.u - a.u) * by + (c.u - a.u) * cy;
            double vX = (b.v - a.v) * bx + (c.v - a.v) * cx;
            double vY = (b.v - a.v) * by + (c.v - a.v) * cy;
            return new Plane(
                    a.nearness - nearX * a.x - nearY * a.y,
                    nearX,
                    nearY,
                    a.u - uX * a.x - uY * a.y,
                    uX,
                    uY,
                    a.v - vX * a.x - vY * a.y,
                    vX,
                    vY);
        }

        /** For a triangle smaller than a sample, since its slopes would be noise. */
        static Plane mean(Corner a, Corner b, Corner c) {
            return new Plane(
                    (a.nearness + b.nearness + c.nearness) / 3,
                    0,
                    0,
                    (a.u + b.u + c.u) / 3,
                    0,
                    0,
                    (a.v + b.v + c.v) / 3,
                    0,
                    0);
        }

        double nearness(double x, double y) {
            return near0 + nearX * x + nearY * y;
        }

        double u(double x, double y) {
            return u0 + uX * x + uY * y;
        }

        double v(double x, double y) {
            return v0 + vX * x + vY * y;
        }
    }
}
