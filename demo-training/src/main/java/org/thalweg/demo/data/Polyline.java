package org.thalweg.demo.data;

/**
 * A line through points.
 *
 * @param x horizontal coordinates
 * @param y vertical coordinates, downwards
 */
record Polyline(double[] x, double[] y) {

    private static final int STEPS = 6;

    /**
     * A smooth curve through points: a uniform Catmull-Rom spline (E. Catmull, R. Rom, 1974) with doubled end points.
     */
    static Polyline smooth(double[] x, double[] y) {
        int spans = x.length - 1;
        double[] sx = new double[spans * STEPS + 1];
        double[] sy = new double[sx.length];
        for (int i = 0; i < sx.length; i++) {
            int span = Math.min(i / STEPS, spans - 1);
            double t = (double) (i - span * STEPS) / STEPS;
            sx[i] = catmullRom(x, span, t);
            sy[i] = catmullRom(y, span, t);
        }
        return new Polyline(sx, sy);
    }

    private static double catmullRom(double[] p, int span, double t) {
        double before = p[Math.max(span - 1, 0)];
        double from = p[span];
        double to = p[span + 1];
        double after = p[Math.min(span + 2, p.length - 1)];
        return 0.5
                * (2 * from
                        + (to - before) * t
                        + (2 * before - 5 * from + 4 * to - after) * t * t
                        + (3 * from - before - 3 * to + after) * t * t * t);
    }

    /**
     * Lowers the squared distances of pixels to those from this line, where it is nearer than what they hold. Pixels further
     * than the reach from it may be passed over.
     *
     * @param squares {@code [side * side]} of the centres of the pixels of an image, row by row
     * @param side of the image, in pixels
     * @param reach in pixels
     */
    void lower(double[] squares, int side, double reach) {
        for (int i = 0; i + 1 < x.length; i++) {
            int top = first(Math.min(y[i], y[i + 1]) - reach);
            int bottom = last(Math.max(y[i], y[i + 1]) + reach, side);
            int left = first(Math.min(x[i], x[i + 1]) - reach);
            int right = last(Math.max(x[i], x[i + 1]) + reach, side);
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double length2 = dx * dx + dy * dy;
            for (int row = top; row <= bottom; row++) {
                double py = row + 0.5;
                for (int column = left; column <= right; column++) {
                    double px = column + 0.5;
                    double along = length2 == 0 ? 0 : ((px - x[i]) * dx + (py - y[i]) * dy) / length2;
                    double t = Math.max(0, Math.min(1, along));
                    double ex = px - x[i] - t * dx;
                    double ey = py - y[i] - t * dy;
                    int pixel = row * side + column;
                    squares[pixel] = Math.min(squares[pixel], ex * ex + ey * ey);
                }
            }
        }
    }

    /** The first row or column whose pixels may lie after a coordinate. */
    private static int first(double coordinate) {
        return Math.max(0, (int) Math.floor(coordinate - 0.5));
    }

    /** The last one whose pixels may lie before a coordinate. */
    private static int last(double coordinate, int side) {
        return Math.min(side - 1, (int) Math.ceil(coordinate - 0.5));
    }
}
