package org.thalweg.video.internal.raster;

/** Heights of contour lines, with a table that finds the neighbours of a height in constant time. Immutable. */
public final class ContourLevels {

    private static final int CELLS = 1024;

    /** Ascending, between two sentinels far from any height. */
    private final float[] levels;

    private final int[] firstAbove = new int[CELLS + 1];
    private final float[] nearest = new float[CELLS + 1];

    /** Levels as ascending heights; those outside 0 to 1 are never reached. */
    public ContourLevels(double[] heights) {
        levels = new float[heights.length + 2];
        levels[0] = -1e6f;
        for (int i = 0; i < heights.length; i++) {
            levels[i + 1] = (float) heights[i];
            if (levels[i + 1] <= levels[i]) {
                throw new IllegalArgumentException(
                        "contour levels must ascend, got " + heights[i] + " at position " + i);
            }
        }
        levels[levels.length - 1] = 1e6f;
        int above = 1;
        for (int cell = 0; cell <= CELLS; cell++) {
            while (levels[above] <= (float) cell / CELLS) {
                above++;
            }
            firstAbove[cell] = above;
            float middle = (cell + 0.5f) / CELLS;
            float below = levels[above - 1];
            nearest[cell] = middle - below < levels[above] - middle ? below : levels[above];
        }
    }

    /** Number of levels at or below a height, which is the index of its band. */
    public int band(float height) {
        float within = Math.max(0, Math.min(1, height));
        int above = firstAbove[(int) (within * CELLS)];
        while (levels[above] <= within) {
            above++;
        }
        return above - 1;
    }

    /** Number of bands, one more than levels. */
    public int bands() {
        return levels.length - 1;
    }

    /** Middle of a band within 0 to 1. */
    public double middle(int band) {
        return (Math.max(0, levels[band]) + Math.min(1, levels[band + 1])) / 2;
    }

    /** Distance from a height to the nearest level; off by up to a cell of the table where two are equally near. */
    float distance(float height) {
        return Math.abs(height - nearest[(int) (Math.max(0, Math.min(1, height)) * CELLS)]);
    }

    /** Distance between the levels around a band; beyond the outermost ones, that of the last two. */
    float spacing(int band) {
        if (levels.length < 4) {
            return Float.MAX_VALUE;
        }
        int inner = Math.max(1, Math.min(levels.length - 3, band));
        return levels[inner + 1] - levels[inner];
    }
}
