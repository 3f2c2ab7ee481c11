package org.thalweg.video.internal.raster;

import java.util.Arrays;
import org.thalweg.video.internal.raster.SampleBand.Corner;

/**
 * A grid of quads on the screen, sorted into the bands of rows that they touch: the surface itself, or the ground below
 * it. Immutable once created, so that several threads can draw bands.
 */
final class ProjectedGrid {

    private final HeightField field;
    private final Camera camera;
    private final Bands bands;
    private final Sheet sheet;
    private final int columns;
    private final Corner[] corners;
    private final int[] bandStart;
    private final int[] quads;

    /**
     * Division of the picture: samples per pixel side, first pixel of the region, rows of samples per band, number of
     * bands.
     */
    record Bands(int samples, int left, int top, int rows, int count) {}

    private ProjectedGrid(HeightField field, Camera camera, Bands bands, Sheet sheet) {
        this.field = field;
        this.camera = camera;
        this.bands = bands;
        this.sheet = sheet;
        this.columns = sheet.columns;
        this.corners = new Corner[sheet.columns * sheet.rows];
        for (int row = 0; row < sheet.rows; row++) {
            for (int column = 0; column < columns; column++) {
                corners[row * columns + column] = corner(column, row);
            }
        }
        this.bandStart = new int[bands.count + 2];
        int[] first = new int[corners.length];
        int[] last = new int[corners.length];
        Arrays.fill(last, -1);
        for (int row = 0; row + 1 < sheet.rows; row++) {
            for (int column = 0; column + 1 < columns; column++) {
                if (!sheet.surface || field.solid(column, row)) {
                    place(row * columns + column, first, last);
                }
            }
        }
        this.quads = sort(first, last);
    }

    /** The height field's surface, without the quads that touch a hole. */
    static ProjectedGrid surface(HeightField field, Camera camera, Bands bands) {
        return new ProjectedGrid(field, camera, bands, new Sheet(field.columns(), field.rows(), true, 0));
    }

    /** The plane at a z, as fine as affine interpolation of its coordinates requires. */
    static ProjectedGrid ground(HeightField field, Camera camera, Bands bands, double z) {
        return new ProjectedGrid(field, camera, bands, new Sheet(65, 65, false, z));
    }

    private record Sheet(int columns, int rows, boolean surface, double z) {}

    private Corner corner(int column, int row) {
        double u = column * (field.columns() - 1.0) / (sheet.columns - 1);
        double v = row * (field.rows() - 1.0) / (sheet.rows - 1);
        double z = sheet.z;
        if (sheet.surface) {
            float height = field.height(column, row);
            z = Float.isNaN(height) ? 0 : field.z(height);
        }
        return corner(u, v, z);
    }

    private Corner corner(double u, double v, double z) {
        double x = field.x(u);
        double y = field.y(v);
        return new Corner(
                (camera.x(x, y, z) - bands.left) * bands.samples,
                (camera.y(x, y, z) - bands.top) * bands.samples,
                1 / camera.w(x, y, z),
                sheet.surface ? u : -1 - u,
                v);
    }

    private void place(int quad, int[] first, int[] last) {
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        boolean bent = bent(quad, quad + columns + 1) || bent(quad + 1, quad + columns) || bent(quad, quad + 1);
        for (int corner : new int[] {quad, quad + 1, quad + columns, quad + columns + 1}) {
            Corner at = corners[corner];
            top = Math.min(top, at.y());
            bottom = Math.max(bottom, at.y());
            if (bent) {
                // The bend lies at the top of the scale, somewhere between the corners.
                top = Math.min(top, corner(at.u(), at.v(), field.elevation()).y());
            }
        }
        first[quad] = Math.max(0, (int) Math.floor(top / bands.rows));
        last[quad] = Math.min(bands.count - 1, (int) Math.floor(bottom / bands.rows));
        for (int band = first[quad]; band <= last[quad]; band++) {
            bandStart[band + 2]++;
        }
    }

    private boolean clipped(int corner) {
        return sheet.surface && field.height(corner % columns, corner / columns) > 1;
    }

    /** Whether the surface runs into the top of the scale, where it is drawn flat, between two corners. */
    private boolean bent(int from, int to) {
        return clipped(from) != clipped(to);
    }

    /** Counting sort; leaves {@code bandStart[b]} at the first quad of band b. */
    private int[] sort(int[] first, int[] last) {
        for (int band = 2; band < bandStart.length; band++) {
            bandStart[band] += bandStart[band - 1];
        }
        int[] sorted = new int[bandStart[bandStart.length - 1]];
        for (int quad = 0; quad < first.length; quad++) {
            for (int band = first[quad]; band <= last[quad]; band++) {
                sorted[bandStart[band + 1]++] = quad;
            }
        }
        return sorted;
    }

    /** Draws the quads that touch a band. */
    void draw(int band, SampleBand samples) {
        for (int i = bandStart[band]; i < bandStart[band + 1]; i++) {
            int quad = quads[i];
            draw(samples, quad, quad + 1, quad + columns + 1);
            draw(samples, quad, quad + columns + 1, quad + columns);
        }
    }

    /** Draws a triangle, cut where it bends: flat cells next to steep ones would give a plateau teeth. */
    private void draw(SampleBand samples, int a, int b, int c) {
        boolean ab = bent(a, b);
        boolean ac = bent(a, c);
        if (!ab && !ac) {
            samples.triangle(corners[a], corners[b], corners[c]);
        } else if (ab && ac) {
            cut(samples, a, b, c);
        } else if (ab) {
            cut(samples, b, c, a);
        } else {
            cut(samples, c, a, b);
        }
    }

    /** Draws a triangle with one corner on the other side of the bend. */
    private void cut(SampleBand samples, int alone, int b, int c) {
        Corner towardsB = bend(alone, b);
        Corner towardsC = bend(alone, c);
        samples.triangle(corners[alone], towardsB, towardsC);
        samples.triangle(towardsB, corners[b], corners[c]);
        samples.triangle(towardsB, corners[c], towardsC);
    }

    /** Where an edge reaches the top of the scale; the same for both of its triangles. */
    private Corner bend(int one, int other) {
        int from = Math.min(one, other);
        int to = Math.max(one, other);
        double low = field.height(from % columns, from / columns);
        double share = (1 - low) / (field.height(to % columns, to / columns) - low);
        Corner a = corners[from];
        Corner b = corners[to];
        return corner(a.u() + share * (b.u() - a.u()), a.v() + share * (b.v() - a.v()), field.elevation());
    }
}
