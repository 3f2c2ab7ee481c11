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

    /** Distance of a point from the line. */
    double distance(double px, double py) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < x.length; i++) {
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double length2 = dx * dx + dy * dy;
            double along = length2 == 0 ? 0 : ((px - x[i]) * dx + (py - y[i]) * dy) / length2;
            double t = Math.max(0, Math.min(1, along));
            double ex = px - x[i] - t * dx;
            double ey = py - y[i] - t * dy;
            nearest = Math.min(nearest, ex * ex + ey * ey);
        }
        return Math.sqrt(nearest);
    }
}
