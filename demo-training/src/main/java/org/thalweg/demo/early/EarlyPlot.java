package org.thalweg.demo.early;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.thalweg.demo.ChartSheet;
import org.thalweg.demo.early.EarlyCourse.Phase;
import org.thalweg.video.internal.scene.AxisScale;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart;
import org.thalweg.video.internal.scene.Chart.Curve;

/** Catapults on the left, warm-up on the right; loss above, curvature below, over iterations. */
final class EarlyPlot {

    /** The edge of stability of gradient descent, for lambda_max times the learning rate. */
    private static final double EDGE = 2;

    private static final List<Integer> HEIGHTS = List.of(420, 420, 420);

    private EarlyPlot() {}

    /**
     * Writes the plot.
     *
     * @param file a PNG file
     * @param catapults by learning rate, ascending; of those that diverge only the first one is drawn, up to where it leaves
     *     the others' range
     * @throws IOException if the file cannot be written; the message names it
     */
    static void write(Path file, List<EarlyCourse> catapults, List<EarlyCourse> warmUps) throws IOException {
        List<EarlyCourse> shown = shown(catapults);
        ChartSheet.write(
                file,
                List.of(
                        List.of(
                                chart("Catapults: training loss", Kind.LOGARITHMIC, shown, course -> EarlyMoment::loss),
                                withEdge(chart(
                                        "lambda_max lr",
                                        Kind.LOGARITHMIC,
                                        shown,
                                        course -> moment -> moment.lambdaMax() * course.learningRate())),
                                chart("lambda_max", Kind.LOGARITHMIC, shown, course -> EarlyMoment::lambdaMax)),
                        List.of(
                                chart("Warm-up: loss on the probe", Kind.LINEAR, warmUps, course -> EarlyMoment::loss),
                                chart("lambda_max", Kind.LOGARITHMIC, warmUps, course -> EarlyMoment::lambdaMax),
                                chart(
                                        "Trace of the Fisher matrix",
                                        Kind.LOGARITHMIC,
                                        warmUps,
                                        course -> EarlyMoment::fisher))),
                HEIGHTS);
    }

    private static List<EarlyCourse> shown(List<EarlyCourse> courses) {
        List<EarlyCourse> shown = new ArrayList<>();
        for (EarlyCourse course : courses) {
            shown.add(course);
            if (course.phase() == Phase.DIVERGES) {
                break;
            }
        }
        return shown;
    }

    private static Chart chart(
            String title,
            Kind kind,
            List<EarlyCourse> courses,
            Function<EarlyCourse, ToDoubleFunction<EarlyMoment>> number) {
        List<EarlyCourse> finite = courses.stream()
                .filter(course -> course.phase() != Phase.DIVERGES)
                .toList();
        double[] range = (finite.isEmpty() ? courses : finite)
                .stream()
                        .flatMapToDouble(course -> Arrays.stream(course.each(number.apply(course))))
                        .filter(Double::isFinite)
                        .toArray();
        double most = Arrays.stream(range).max().orElse(1);
        List<Curve> curves = new ArrayList<>();
        for (EarlyCourse course : courses) {
            double[] values = course.each(number.apply(course));
            int end = 0;
            while (end < values.length && (end == 0 || values[end - 1] <= most || Double.isNaN(values[end - 1]))) {
                end++;
            }
            curves.add(curve(
                    course.title(),
                    curves.size(),
                    Arrays.copyOf(course.each(EarlyMoment::iteration), end),
                    Arrays.copyOf(values, end)));
        }
        return new Chart(title, curves, AxisScale.showing(kind, range));
    }

    /** With a line at the edge of stability. */
    private static Chart withEdge(Chart chart) {
        double end = chart.curves().stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.iterations()))
                .max()
                .orElse(0);
        List<Curve> curves = new ArrayList<>(chart.curves());
        curves.add(curve("2", curves.size(), new double[] {0, end}, EDGE, EDGE));
        return new Chart(chart.title(), curves, chart.scale(), chart.unit());
    }

    private static Curve curve(String name, int color, double[] iterations, double... values) {
        return new Curve(name, color, iterations, values, new double[values.length]);
    }
}
