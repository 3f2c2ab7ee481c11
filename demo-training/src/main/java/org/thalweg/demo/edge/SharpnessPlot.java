package org.thalweg.demo.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.thalweg.demo.ChartSheet;
import org.thalweg.demo.edge.Descent.Sample;
import org.thalweg.video.internal.scene.AxisScale;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart;
import org.thalweg.video.internal.scene.Chart.Curve;

/** Sharpness above and training loss below, over iterations; one column for each network and loss. */
final class SharpnessPlot {

    private static final int THRESHOLD_COLOR = 2;
    /** Heights of sharpness and of loss, in pixels. */
    private static final List<Integer> HEIGHTS = List.of(660, 420);

    private SharpnessPlot() {}

    /**
     * Writes the plot.
     *
     * @param file a PNG file
     * @param descents of at most two learning rates each
     * @throws IOException if the file cannot be written; the message names it
     */
    static void write(Path file, List<Descent> descents) throws IOException {
        List<List<Chart>> columns = descents.stream()
                .collect(Collectors.groupingBy(SharpnessPlot::title, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(column -> List.of(sharpness(column), loss(column)))
                .toList();
        ChartSheet.write(file, columns, HEIGHTS);
    }

    private static String title(Descent descent) {
        String adam = descent.setting().updater() == FullBatchUpdater.ADAM ? ", Adam" : "";
        return descent.setting().network() + ", " + descent.setting().loss().label() + adam;
    }

    private static Chart sharpness(List<Descent> column) {
        List<Curve> curves = new ArrayList<>();
        for (Descent descent : column) {
            double threshold = descent.setting().threshold();
            double[] ends = {0, descent.setting().iterations()};
            curves.add(curve(
                    curves.isEmpty() ? descent.setting().updater().label() : "",
                    THRESHOLD_COLOR,
                    ends,
                    threshold,
                    threshold));
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
