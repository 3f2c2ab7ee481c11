package org.thalweg.video.internal.raster;

/**
 * A height field on a fine regular grid over |x|, |y| up to 1, with the shader's inputs at each vertex: slope, ambient
 * light and key light. Not thread-safe while heights or light are set; afterwards several threads may read it.
 *
 * <p>A height is a share of the value range: 0 is the lowest value of the scale, 1 the highest. Above 1 the surface is
 * drawn flat at 1 and marked as clipped; NaN is a hole.
 */
public final class HeightField {

    /** Per vertex: height, its slopes along x and y, open share of the sky, visible share of the key light. */
    static final int CHANNELS = 5;

    static final int SLOPE_X = 1;
    static final int SLOPE_Y = 2;
    static final int SKY = 3;
    static final int KEY = 4;

    private final int columns;
    private final int rows;
    private final double elevation;
    private final float[] vertices;

    /**
     * A height field without heights.
     *
     * @param elevation z of height 1 in the scene, height 0 lies at z = 0
     */
    public HeightField(int columns, int rows, double elevation) {
        if (columns < 2 || rows < 2) {
            throw new IllegalArgumentException(
                    "a height field needs at least 2x2 vertices, got " + columns + "x" + rows);
        }
        this.columns = columns;
        this.rows = rows;
        this.elevation = elevation;
        this.vertices = new float[columns * rows * CHANNELS];
    }

    /** Vertices along x. */
    public int columns() {
        return columns;
    }

    /** Vertices along y. */
    public int rows() {
        return rows;
    }

    /** z of height 1. */
    public double elevation() {
        return elevation;
    }

    /**
     * Sets all heights, {@code [rows * columns]}, one row per y, and the slopes that follow. The light is set to full.
     */
    public void setHeights(float[] heights) {
        if (heights.length != columns * rows) {
            throw new IllegalArgumentException(
                    "heights must be " + columns + "x" + rows + " values, got " + heights.length);
        }
        float perX = (columns - 1) / 2f;
        float perY = (rows - 1) / 2f;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                int at = i * CHANNELS;
                vertices[at] = heights[i];
                vertices[at + SLOPE_X] =
                        perX * slope(heights, i, column > 0 ? i - 1 : i, column < columns - 1 ? i + 1 : i);
                vertices[at + SLOPE_Y] =
                        perY * slope(heights, i, row > 0 ? i - columns : i, row < rows - 1 ? i + columns : i);
                vertices[at + SKY] = 1;
                vertices[at + KEY] = 1;
            }
        }
    }

    /** Central difference; one-sided at borders and next to holes. */
    private static float slope(float[] heights, int here, int before, int after) {
        float middle = heights[here];
        boolean hasBefore = before != here && !Float.isNaN(heights[before]);
        boolean hasAfter = after != here && !Float.isNaN(heights[after]);
        if (hasBefore && hasAfter) {
            return (heights[after] - heights[before]) / 2;
        }
        return hasAfter ? heights[after] - middle : hasBefore ? middle - heights[before] : 0;
    }

    float[] vertices() {
        return vertices;
    }

    float height(int column, int row) {
        return vertices[(row * columns + column) * CHANNELS];
    }

    /** z at a height: heights beyond the scale are drawn at its ends. */
    double z(double height) {
        return elevation * Math.max(0, Math.min(1, height));
    }

    /** Whether the quad to the right of and above a vertex has no hole. */
    boolean solid(int column, int row) {
        return !Float.isNaN(
                height(column, row) + height(column + 1, row) + height(column, row + 1) + height(column + 1, row + 1));
    }

    /** x of a column, possibly fractional. */
    double x(double column) {
        return 2 * column / (columns - 1) - 1;
    }

    /** y of a row, possibly fractional. */
    double y(double row) {
        return 2 * row / (rows - 1) - 1;
    }

    /** The height drawn at a point of the plane, bilinear in the fine grid; NaN in holes and outside. */
    public double heightAt(double x, double y) {
        double u = (x + 1) / 2 * (columns - 1);
        double v = (y + 1) / 2 * (rows - 1);
        if (!(u >= 0 && v >= 0 && u <= columns - 1 && v <= rows - 1)) {
            return Double.NaN;
        }
        int column = Math.min((int) u, columns - 2);
        int row = Math.min((int) v, rows - 2);
        double a = u - column;
        double b = v - row;
        return (1 - b) * ((1 - a) * height(column, row) + a * height(column + 1, row))
                + b * ((1 - a) * height(column, row + 1) + a * height(column + 1, row + 1));
    }

    /** z of the surface at a point of the plane; NaN in holes and outside. */
    public double zAt(double x, double y) {
        return z(heightAt(x, y));
    }
}
