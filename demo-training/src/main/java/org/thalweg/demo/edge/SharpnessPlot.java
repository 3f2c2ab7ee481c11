package org.thalweg.demo.edge;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.thalweg.demo.edge.Descent.Sample;
import org.thalweg.video.encode.PngFile;
import org.thalweg.video.raster.Picture;
import org.thalweg.video.scene.AxisScale;
import org.thalweg.video.scene.AxisScale.Kind;
import org.thalweg.video.scene.Chart;
import org.thalweg.video.scene.Chart.Curve;
import org.thalweg.video.scene.Pen;
import org.thalweg.video.scene.Theme;

/** Sharpness above, training loss below, over the iterations; a column for each network and loss. */
final class SharpnessPlot {

    private static final Theme THEME = Theme.LIGHT;
    private static final int THRESHOLD_COLOR = 2;
    /** Least width of the picture and of a column. */
    private static final int WIDTH = 1920;

    private static final int COLUMN = 960;
    private static final int HEIGHT = 1080;
    private static final int BORDER = 660;
    private static final int MARGIN = 10;

    private SharpnessPlot() {}

    /**
     * Writes the plot.
     *
     * @param file a PNG file
     * @param descents of at most two learning rates each
     * @throws IOException naming the file, when it cannot be written
     */
    static void write(Path file, List<Descent> descents) throws IOException {
        Collection<List<Descent>> columns = descents.stream()
                .collect(Collectors.groupingBy(SharpnessPlot::title, LinkedHashMap::new, Collectors.toList()))
                .values();
        int width = Math.max(COLUMN, WIDTH / columns.size());
        Picture picture = new Picture(columns.size() * width, HEIGHT);
        Arrays.fill(picture.pixels(), THEME.top());
        Pen.on(picture, THEME, pen -> {
            int left = 0;
            for (List<Descent> column : columns) {
                sharpness(column).draw(pen, area(left, 0, width, BORDER), Double.POSITIVE_INFINITY);
                loss(column).draw(pen, area(left, BORDER, width, HEIGHT), Double.POSITIVE_INFINITY);
                left += width;
            }
        });
        PngFile.write(file, picture.pixels(), picture.width(), picture.height());
    }

    private static Rectangle2D area(int left, int top, int width, int bottom) {
        return new Rectangle2D.Double(left + MARGIN, top + MARGIN, width - 2 * MARGIN, bottom - top - 2 * MARGIN);
    }

    private static String title(Descent descent) {
        return descent.setting().network() + ", " + descent.setting().loss().label();
    }

    private static Chart sharpness(List<Descent> column) {
        List<Curve> curves = new ArrayList<>();
        for (Descent descent : column) {
            double threshold = descent.setting().threshold();
            double[] ends = {0, descent.setting().iterations()};
            curves.add(curve(curves.isEmpty() ? "2/lr" : "", THRESHOLD_COLOR, ends, threshold, threshold));
        }
        curves.addAll(curves(column, Sample::sharpness));
        return chart(title(column.get(0)) + ": sharpness", curves, Kind.LINEAR);
    }

    private static Chart loss(List<Descent> column) {
        return chart("Training loss", curves(column, Sample::loss), Kind.LOGARITHMIC);
    }

    private static Chart chart(String title, List<Curve> curves, Kind kind) {
        double[] values = curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.values()))
                .toArray();
        return new Chart(title, curves, AxisScale.showing(kind, values));
    }

    private static List<Curve> curves(List<Descent> column, ToDoubleFunction<Sample> number) {
        List<Curve> curves = new ArrayList<>();
        for (Descent descent : column) {
            curves.add(curve(
                    "lr = " + descent.setting().learningRate(),
                    curves.size(),
                    descent.each(Sample::iteration),
                    descent.each(number)));
        }
        return curves;
    }

    private static Curve curve(String name, int color, double[] iterations, double... values) {
        return new Curve(name, color, iterations, values, new double[values.length]);
    }
}
