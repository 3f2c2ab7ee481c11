package org.thalweg.video.raster;

import java.util.Arrays;
import org.thalweg.video.raster.SampleBand.Corner;

/**
 * A grid of quads on the screen, sorted into the bands of rows that they touch: the surface itself, or the ground
 * below it. Immutable once made, so that bands can be drawn from several threads.
 */
final class ProjectedGrid {

    private final int columns;
    private final Corner[] corners;
    private final int[] bandStart;
    private final int[] quads;

    /** How the picture is cut: samples a pixel's side, first pixel of the region, rows of samples a band, bands. */
    record Bands(int samples, int left, int top, int rows, int count) {}

    private ProjectedGrid(Relief relief, Camera camera, Bands bands, Sheet sheet) {
        this.columns = sheet.columns;
        this.corners = new Corner[sheet.columns * sheet.rows];
        for (int row = 0; row < sheet.rows; row++) {
            for (int column = 0; column < columns; column++) {
                corners[row * columns + column] = corner(relief, camera, bands, sheet, column, row);
            }
        }
        this.bandStart = new int[bands.count + 2];
        int[] first = new int[corners.length];
        int[] last = new int[corners.length];
        Arrays.fill(last, -1);
        for (int row = 0; row + 1 < sheet.rows; row++) {
            for (int column = 0; column + 1 < columns; column++) {
                if (sheet.surface && !relief.solid(column, row)) {
                    continue;
                }
                int quad = row * columns + column;
                place(quad, bands, first, last);
            }
        }
        this.quads = sort(first, last);
    }

    /** The relief's surface, without the quads that touch a hole. */
    static ProjectedGrid surface(Relief relief, Camera camera, Bands bands) {
        return new ProjectedGrid(relief, camera, bands, new Sheet(relief.columns(), relief.rows(), true, 0));
    }

    /** The plane at a z, as fine as affine interpolation of its coordinates asks for. */
    static ProjectedGrid ground(Relief relief, Camera camera, Bands bands, double z) {
        return new ProjectedGrid(relief, camera, bands, new Sheet(65, 65, false, z));
    }

    private record Sheet(int columns, int rows, boolean surface, double z) {}

    private static Corner corner(Relief relief, Camera camera, Bands bands, Sheet sheet, int column, int row) {
        double u = column * (relief.columns() - 1.0) / (sheet.columns - 1);
        double v = row * (relief.rows() - 1.0) / (sheet.rows - 1);
        double x = relief.x(u);
        double y = relief.y(v);
        double z = sheet.z;
        if (sheet.surface) {
            float height = relief.height(column, row);
            z = Float.isNaN(height) ? 0 : relief.z(height);
        }
        return new Corner(
                (camera.x(x, y, z) - bands.left) * bands.samples,
                (camera.y(x, y, z) - bands.top) * bands.samples,
                1 / camera.w(x, y, z),
                sheet.surface ? u : -1 - u,
                v);
    }

    private void place(int quad, Bands bands, int[] first, int[] last) {
        double a = corners[quad].y();
        double b = corners[quad + 1].y();
        double c = corners[quad + columns].y();
        double d = corners[quad + columns + 1].y();
        double top = Math.min(Math.min(a, b), Math.min(c, d));
        double bottom = Math.max(Math.max(a, b), Math.max(c, d));
        first[quad] = Math.max(0, (int) Math.floor(top / bands.rows));
        last[quad] = Math.min(bands.count - 1, (int) Math.floor(bottom / bands.rows));
        for (int band = first[quad]; band <= last[quad]; band++) {
            bandStart[band + 2]++;
        }
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
            Corner a = corners[quad];
            Corner b = corners[quad + 1];
            Corner c = corners[quad + columns];
            Corner d = corners[quad + columns + 1];
            samples.triangle(a, b, d);
            samples.triangle(a, d, c);
        }
    }
}
