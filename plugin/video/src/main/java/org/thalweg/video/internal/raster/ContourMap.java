package org.thalweg.video.internal.raster;

import java.awt.Rectangle;
import java.util.stream.IntStream;
import org.thalweg.video.internal.color.Srgb;

/** A height field from straight above: bands of colour between contour lines. Stateless and thread-safe. */
public final class ContourMap {

    private ContourMap() {}

    /** Draws the whole height field into an area of the picture, x to the right and y upwards. */
    public static void render(Picture picture, HeightField field, Rectangle area, ShadingOptions shading) {
        int[] bands = new int[shading.levels().bands()];
        for (int band = 0; band < bands.length; band++) {
            bands[band] = shading.colors().at(shading.levels().middle(band));
        }
        Rectangle visible = area.intersection(new Rectangle(picture.width(), picture.height()));
        IntStream.range(visible.y, visible.y + visible.height).parallel().forEach(row -> {
            for (int column = visible.x; column < visible.x + visible.width; column++) {
                double x = 2 * (column + 0.5 - area.x) / area.width - 1;
                double y = 1 - 2 * (row + 0.5 - area.y) / area.height;
                double height = field.heightAt(x, y);
                if (!Double.isNaN(height)) {
                    picture.pixels()[row * picture.width() + column] =
                            color(field, shading, bands, new Point(x, y, height, column, row), area);
                }
            }
        });
    }

    private record Point(double x, double y, double height, int column, int row) {}

    private static int color(HeightField field, ShadingOptions shading, int[] bands, Point point, Rectangle area) {
        int band = shading.levels().band((float) point.height);
        int base = bands[band];
        double stepX = 2.0 / area.width;
        double stepY = 2.0 / area.height;
        double perX = difference(field.heightAt(point.x - stepX, point.y), field.heightAt(point.x + stepX, point.y));
        double perY = difference(field.heightAt(point.x, point.y - stepY), field.heightAt(point.x, point.y + stepY));
        double perPixel = Math.max(1e-9, Math.hypot(perX, perY));
        double clipped = share(0.5 + (point.height - 1) / perPixel);
        double spacing = shading.levels().spacing(band) / perPixel;
        double pixels = shading.levels().distance((float) point.height) / perPixel;
        double visible = share(2 * spacing / 9 - 1);
        double line = (1 - clipped) * visible * share(shading.lineWidth() / 2 + 0.5 - pixels);
        int color = Srgb.mix(base, shading.groundLine(), 0.75 * line);
        return clipped > 0
                ? Srgb.mix(
                        color,
                        shading.clipped(),
                        clipped * new Stripes(shading.lineWidth()).at(point.column, point.row))
                : color;
    }

    private static double share(double value) {
        return Math.max(0, Math.min(1, value));
    }

    /** Half the difference; 0 next to holes and borders. */
    private static double difference(double before, double after) {
        double half = (after - before) / 2;
        return Double.isNaN(half) ? 0 : half;
    }
}
