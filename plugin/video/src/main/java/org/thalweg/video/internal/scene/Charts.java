package org.thalweg.video.internal.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.video.internal.scene.AxisScale.Kind;
import org.thalweg.video.internal.scene.Chart.Curve;

/** The charts of a run. */
final class Charts {

    private final List<FrameNumbers> numbers;
    private final double[] iterations;

    private Charts(List<FrameNumbers> numbers) {
        this.numbers = numbers;
        this.iterations = numbers.stream().mapToDouble(FrameNumbers::iteration).toArray();
    }

    /** Loss, extreme eigenvalues and accuracy, where frames have them. */
    static List<Chart> of(List<FrameNumbers> numbers) {
        Charts charts = new Charts(numbers);
        List<Chart> all = new ArrayList<>();
        all.add(charts.loss());
        charts.extremes().ifPresent(all::add);
        charts.accuracy().ifPresent(all::add);
        return all;
    }

    /**
     * Every eigenvalue of every frame with the larger of residual and sampling error; empty if there is none.
     *
     * @param further range of the density behind the curves; empty without a density
     */
    static Optional<Chart> spectrum(List<FrameNumbers> numbers, double... further) {
        Charts charts = new Charts(numbers);
        List<Curve> curves = new ArrayList<>();
        int largest = charts.most(CurvatureValues::largest);
        int smallest = charts.most(CurvatureValues::smallest);
        for (int i = 0; i < Math.max(largest, smallest); i++) {
            int rank = i;
            curves.add(charts.eigenvalues(rank == 0 ? "largest" : "", 0, c -> ranked(c.largest(), rank)));
            curves.add(charts.eigenvalues(
                    rank == 0 ? "smallest" : "",
                    1,
                    c -> ranked(c.smallest(), c.smallest().size() - 1 - rank)));
        }
        String title = further.length == 0
                ? "Hessian eigenvalues, bars are errors"
                : "Hessian eigenvalues, bars are errors, over their density";
        return charts.chart(title, Kind.SYMMETRIC, curves, further);
    }

    private Chart loss() {
        List<Curve> curves = new ArrayList<>();
        boolean validated = numbers.stream().anyMatch(m -> m.validationLoss().isPresent());
        curves.add(curve(validated ? "train" : "", 0, FrameNumbers::loss));
        if (validated) {
            curves.add(curve("validation", 1, m -> m.validationLoss().orElse(Double.NaN)));
        }
        return chart("Loss", Kind.LOGARITHMIC, curves)
                .orElseGet(() -> new Chart("Loss", curves, axis(curves, Kind.LINEAR)));
    }

    private Optional<Chart> accuracy() {
        List<Curve> curves = new ArrayList<>();
        boolean validated =
                numbers.stream().anyMatch(m -> m.validationAccuracy().isPresent());
        curves.add(curve(validated ? "train" : "", 0, m -> m.accuracy().orElse(Double.NaN)));
        if (validated) {
            curves.add(curve("validation", 1, m -> m.validationAccuracy().orElse(Double.NaN)));
        }
        return chart("Accuracy, %", Kind.LINEAR, curves);
    }

    private Optional<Chart> extremes() {
        return chart(
                "Hessian",
                Kind.SYMMETRIC,
                List.of(
                        eigenvalues("\u03BB max", 0, c -> c.lambdaMax()),
                        eigenvalues("\u03BB min", 1, c -> c.lambdaMin())));
    }

    private Optional<Chart> chart(String title, Kind kind, List<Curve> curves, double... further) {
        boolean any = further.length > 0
                || curves.stream().anyMatch(c -> Arrays.stream(c.values()).anyMatch(Double::isFinite));
        return any ? Optional.of(new Chart(title, curves, axis(curves, kind, further))) : Optional.empty();
    }

    private static AxisScale axis(List<Curve> curves, Kind kind, double... further) {
        DoubleStream values = curves.stream().flatMapToDouble(c -> DoubleStream.of(c.values()));
        return AxisScale.showing(
                kind, DoubleStream.concat(values, DoubleStream.of(further)).toArray());
    }

    private Curve curve(String name, int color, ToDoubleFunction<FrameNumbers> value) {
        double[] errors = new double[iterations.length];
        return new Curve(
                name, color, iterations, numbers.stream().mapToDouble(value).toArray(), errors);
    }

    private Curve eigenvalues(String name, int color, Function<CurvatureValues, Optional<Eigenvalue>> which) {
        double[] values = new double[iterations.length];
        double[] errors = new double[iterations.length];
        for (int i = 0; i < iterations.length; i++) {
            Optional<Eigenvalue> value = which.apply(numbers.get(i).curvature());
            values[i] = value.map(Eigenvalue::value).orElse(Double.NaN);
            errors[i] = value.map(Eigenvalue::bar).orElse(Double.NaN);
        }
        return new Curve(name, color, iterations, values, errors);
    }

    private int most(Function<CurvatureValues, List<Eigenvalue>> end) {
        return numbers.stream()
                .mapToInt(m -> end.apply(m.curvature()).size())
                .max()
                .orElse(0);
    }

    private static Optional<Eigenvalue> ranked(List<Eigenvalue> values, int rank) {
        return rank >= 0 && rank < values.size() ? Optional.of(values.get(rank)) : Optional.empty();
    }
}
