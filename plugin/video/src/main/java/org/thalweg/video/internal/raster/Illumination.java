package org.thalweg.video.internal.raster;

import java.util.stream.IntStream;

/**
 * How much light reaches each vertex of a height field: the open share of the sky, from the horizon's height all
 * around, and the share of the key light that gets past the horizon in its direction. A height field has one horizon
 * per direction, so marching over the grid finds both, without rays and without noise (N. L. Max, "Horizon mapping:
 * shadows for bump-mapped surfaces", 1988). The key light is a disc, so its shadows have soft borders.
 */
final class Illumination {

    private static final int DIRECTIONS = 8;
    /** Steps between samples of the horizon grow with distance, since near ones matter most. */
    private static final double SKY_GROWTH = 1.45;

    private static final double KEY_GROWTH = 1.1;
    /** Half the height of the light's disc, as a difference of slopes. */
    private static final double PENUMBRA = 0.28;

    private final HeightField field;
    private final float[] vertices;
    private final int columns;
    private final int rows;
    private final float zPerHeight;

    private Illumination(HeightField field) {
        this.field = field;
        this.vertices = field.vertices();
        this.columns = field.columns();
        this.rows = field.rows();
        this.zPerHeight = (float) field.elevation();
    }

    /** Lights a height field; {@code key} is the unit vector towards the key light. */
    static void light(HeightField field, double[] key) {
        Illumination light = new Illumination(field);
        Ray[] sky = light.sky();
        Ray towardsKey = light.ray(Math.atan2(key[1], key[0]), KEY_GROWTH);
        double keySlope = key[2] / Math.hypot(key[0], key[1]);
        IntStream.range(0, (light.rows + 1) / 2).parallel().forEach(pair -> light.skyOfRow(2 * pair, sky));
        IntStream.range(0, light.rows).parallel().forEach(row -> light.keyOfRow(row, towardsKey, keySlope));
        // The open sky changes slowly, so every other vertex is interpolated.
        IntStream.range(0, light.rows).parallel().forEach(light::fillSky);
    }

    /** The sky at every other vertex of a row. */
    private void skyOfRow(int row, Ray[] sky) {
        for (int column = 0; column < columns; column += 2) {
            int at = (row * columns + column) * HeightField.CHANNELS;
            float z = (float) field.z(vertices[at]);
            float open = 0;
            for (Ray direction : sky) {
                float slope = horizon(column, row, z, direction);
                // Share of the cosine-weighted sky above a horizon of elevation e: cos(e)^2.
                open += 1 / (1 + slope * slope);
            }
            vertices[at + HeightField.SKY] = open / sky.length;
        }
    }

    private void fillSky(int row) {
        int below = row - row % 2;
        int above = Math.min(below + 2, (rows - 1) / 2 * 2);
        for (int column = row % 2 == 0 ? 1 : 0; column < columns; column += row % 2 == 0 ? 2 : 1) {
            int left = column - column % 2;
            int right = column % 2 == 0 ? left : Math.min(left + 2, (columns - 1) / 2 * 2);
            int top = row % 2 == 0 ? below : above;
            vertices[(row * columns + column) * HeightField.CHANNELS + HeightField.SKY] =
                    (sky(left, below) + sky(right, below) + sky(left, top) + sky(right, top)) / 4;
        }
    }

    private float sky(int column, int row) {
        return vertices[(row * columns + column) * HeightField.CHANNELS + HeightField.SKY];
    }

    private void keyOfRow(int row, Ray towardsKey, double keySlope) {
        for (int column = 0; column < columns; column++) {
            int at = (row * columns + column) * HeightField.CHANNELS;
            double over = keySlope - horizon(column, row, (float) field.z(vertices[at]), towardsKey);
            vertices[at + HeightField.KEY] = (float) smooth((over + PENUMBRA) / (2 * PENUMBRA));
        }
    }

    /** The steepest slope, at least 0, from a vertex up to the samples along one direction. */
    private float horizon(int column, int row, float z, Ray direction) {
        float steepest = 0;
        for (int i = 0; i < direction.length(); i++) {
            int c = column + direction.columns[i];
            int r = row + direction.rows[i];
            if (c < 0 || r < 0 || c >= columns || r >= rows) {
                break;
            }
            // A hole's NaN compares as no rise.
            float rise = zPerHeight * Math.min(1, vertices[(r * columns + c) * HeightField.CHANNELS]) - z;
            if (rise > 0) {
                steepest = Math.max(steepest, rise * direction.perDistance[i]);
            }
        }
        return steepest;
    }

    /** Samples along a direction, up to the grid's width: offsets in cells, 1 / distance in x. */
    private record Ray(int length, int[] columns, int[] rows, float[] perDistance) {}

    private Ray ray(double angle, double growth) {
        int most = columns;
        Ray ray = new Ray(0, new int[most], new int[most], new float[most]);
        int count = 0;
        double step = 1;
        for (double far = 1; far < columns; far += step, step *= growth) {
            int dc = (int) Math.round(far * Math.cos(angle));
            int dr = (int) Math.round(far * Math.sin(angle) * (rows - 1) / (columns - 1));
            if (dc != 0 || dr != 0) {
                ray.columns[count] = dc;
                ray.rows[count] = dr;
                double dx = 2.0 * dc / (columns - 1);
                double dy = 2.0 * dr / (rows - 1);
                ray.perDistance[count] = (float) (1 / Math.hypot(dx, dy));
                count++;
            }
        }
        return new Ray(count, ray.columns, ray.rows, ray.perDistance);
    }

    private Ray[] sky() {
        Ray[] all = new Ray[DIRECTIONS];
        for (int i = 0; i < DIRECTIONS; i++) {
            all[i] = ray(2 * Math.PI * (i + 0.25) / DIRECTIONS, SKY_GROWTH);
        }
        return all;
    }

    private static double smooth(double t) {
        double clamped = Math.max(0, Math.min(1, t));
        return clamped * clamped * (3 - 2 * clamped);
    }
}
