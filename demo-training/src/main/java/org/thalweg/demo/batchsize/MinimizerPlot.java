package org.thalweg.demo.batchsize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.thalweg.demo.ChartSheet;
import org.thalweg.surface.LossLine;
import org.thalweg.video.internal.scene.AxisScale;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart;
import org.thalweg.video.internal.scene.Chart.Curve;

/** One column for each pair: the line between two minimizers above, the filter-normalized curves around them below. */
final class MinimizerPlot {

    private MinimizerPlot() {}

    static void write(Path file, List<MinimizerPair> pairs) throws IOException {
        List<List<Chart>> columns = pairs.stream()
                .map(pair -> List.of(between(pair), accuracy(pair), around(pair)))
                .toList();
        ChartSheet.write(file, columns, List.of(400, 280, 400));
    }

    private static Chart between(MinimizerPair pair) {
        return chart(
                pair.title() + ": loss from small (0) to large (1)",
                Kind.LOGARITHMIC,
                curve("states", 0, pair.states(), pair.states().loss()),
                curve("weights", 1, pair.weights(), pair.weights().loss()),
                curve(
                        "held out",
                        2,
                        pair.states(),
                        pair.states().validationLoss().orElseThrow()));
    }

    private static Chart accuracy(MinimizerPair pair) {
        return chart(
                "Accuracy, percent",
                Kind.LINEAR,
                curve("train", 0, pair.states(), pair.states().accuracy().orElseThrow()),
                curve(
                        "held out",
                        2,
                        pair.states(),
                        pair.states().validationAccuracy().orElseThrow()));
    }

    private static Chart around(MinimizerPair pair) {
        return chart(
                "Loss along a filter-normalized direction",
                Kind.LOGARITHMIC,
                curve("small", 0, pair.small().curve(), pair.small().curve().loss()),
                curve("large", 1, pair.large().curve(), pair.large().curve().loss()));
    }

    private static Chart chart(String title, Kind kind, Curve... curves) {
        double[] values = Stream.of(curves)
                .flatMapToDouble(curve -> Arrays.stream(curve.values()))
                .toArray();
        return new Chart(title, List.of(curves), AxisScale.showing(kind, values), "");
    }

    private static Curve curve(String name, int color, LossLine line, double... values) {
        return new Curve(name, color, line.axis().coordinates(), values, new double[values.length]);
    }
}
