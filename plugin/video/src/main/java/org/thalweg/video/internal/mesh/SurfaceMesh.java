package org.thalweg.video.internal.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.video.color.ColorMap;

/**
 * A surface as triangles in a box: x and z from -1 to 1 over the plane, heights along y from 0 to {@value #HEIGHT},
 * upwards as in glTF and OBJ. Cells with a corner that is not finite are left out. Immutable by convention.
 *
 * @param positions {@code [3 n]}
 * @param normals unit vectors, {@code [3 n]}
 * @param colors {@code 0xRRGGBB}, {@code [n]}
 * @param triangles indices of corners, counterclockwise seen from above, {@code [3 m]}
 */
public record SurfaceMesh(float[] positions, float[] normals, int[] colors, int[] triangles) {

    /** Height of the highest value, as in pictures. */
    static final double HEIGHT = 0.86;

    /**
     * The mesh of a surface.
     *
     * @param alpha coordinates of the columns, {@code [nx]}
     * @param beta coordinates of the rows, {@code [ny]}
     * @param heights {@code [ny][nx]} in any unit; NaN for holes
     * @throws IllegalArgumentException if no cell has four finite corners
     */
    public static SurfaceMesh of(double[] alpha, double[] beta, double[][] heights, ColorMap map) {
        double[] finite = Arrays.stream(heights)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .toArray();
        double low = Arrays.stream(finite).min().orElse(0);
        double range = Arrays.stream(finite).max().orElse(0) - low;
        int[][] index = new int[beta.length][alpha.length];
        List<double[]> points = new ArrayList<>();
        for (int row = 0; row < beta.length; row++) {
            for (int column = 0; column < alpha.length; column++) {
                double height = heights[row][column];
                index[row][column] = Double.isFinite(height) ? points.size() : -1;
                if (Double.isFinite(height)) {
                    double share = range > 0 ? (height - low) / range : 0;
                    points.add(new double[] {scaled(column, alpha), HEIGHT * share, -scaled(row, beta), share});
                }
            }
        }
        int[] triangles = triangles(index);
        if (triangles.length == 0) {
            throw new IllegalArgumentException(
                    "the surface has no cell with four finite corners: there is nothing to write");
        }
        float[] positions = new float[3 * points.size()];
        int[] colors = new int[points.size()];
        for (int i = 0; i < colors.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * i + axis] = (float) points.get(i)[axis];
            }
            colors[i] = map.at(points.get(i)[3]);
        }
        return new SurfaceMesh(positions, normals(positions, triangles), colors, triangles);
    }

    private static double scaled(int i, double[] axis) {
        double first = axis[0];
        double last = axis[axis.length - 1];
        return last > first ? 2 * (axis[i] - first) / (last - first) - 1 : 0;
    }

    private static int[] triangles(int[][] index) {
        List<Integer> corners = new ArrayList<>();
        for (int row = 0; row + 1 < index.length; row++) {
            for (int column = 0; column + 1 < index[row].length; column++) {
                int a = index[row][column];
                int b = index[row][column + 1];
                int c = index[row + 1][column + 1];
                int d = index[row + 1][column];
                if (a >= 0 && b >= 0 && c >= 0 && d >= 0) {
                    corners.addAll(List.of(a, b, c, a, c, d));
                }
            }
        }
        return corners.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The mean of the normals of the triangles around each point, weighted by their areas. */
    private static float[] normals(float[] positions, int[] triangles) {
        double[] sums = new double[positions.length];
        for (int t = 0; t < triangles.length; t += 3) {
            double[] u = difference(positions, triangles[t + 1], triangles[t]);
            double[] v = difference(positions, triangles[t + 2], triangles[t]);
            double[] cross = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
            for (int corner = 0; corner < 3; corner++) {
                for (int axis = 0; axis < 3; axis++) {
                    sums[3 * triangles[t + corner] + axis] += cross[axis];
                }
            }
        }
        float[] normals = new float[sums.length];
        for (int i = 0; i < sums.length; i += 3) {
            double length = Math.sqrt(sums[i] * sums[i] + sums[i + 1] * sums[i + 1] + sums[i + 2] * sums[i + 2]);
            for (int axis = 0; axis < 3; axis++) {
                normals[i + axis] = (float) (length > 0 ? sums[i + axis] / length : axis == 1 ? 1 : 0);
            }
        }
        return normals;
    }

    private static double[] difference(float[] positions, int to, int from) {
        return new double[] {
            (double) positions[3 * to] - positions[3 * from],
            (double) positions[3 * to + 1] - positions[3 * from + 1],
            (double) positions[3 * to + 2] - positions[3 * from + 2]
        };
    }

    /** Number of points. */
    public int points() {
        return colors.length;
    }
}
