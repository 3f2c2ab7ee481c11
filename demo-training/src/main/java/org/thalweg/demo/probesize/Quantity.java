package org.thalweg.demo.probesize;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SamplingBar;
import org.thalweg.frame.TraceValue;

/** A number of a frame that a probe estimates for all examples, with the 95 % bar that the frame gives it. NaN where it is absent. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum Quantity {
    /** At the parameters. */
    LOSS("loss", Frame::loss, frame -> bar(frame.quantities().getOrDefault("loss_standard_error", Double.NaN))),
    /** Mean rise of the surface at radius 0.5, which has no bar. */
    RISE("rise 0.5", SurfaceTable::rise, frame -> OptionalDouble.empty()),
    LAMBDA_MAX("lambda_max", frame -> value(largest(frame, 0)), frame -> bar(largest(frame, 0))),
    LAMBDA_2("lambda_2", frame -> value(largest(frame, 1)), frame -> bar(largest(frame, 1))),
    LAMBDA_MIN("lambda_min", frame -> value(smallest(frame)), frame -> bar(smallest(frame))),
    TRACE(
            "trace",
            frame -> frame.curvature().trace().map(TraceValue::value).orElse(Double.NaN),
            frame -> frame.curvature().trace().stream()
                    .flatMapToDouble(trace -> trace.samplingError().stream())
                    .map(SamplingBar::of)
                    .findFirst());

    private final String label;
    private final ToDoubleFunction<Frame> value;
    private final Function<Frame, OptionalDouble> bar;

    Quantity(String label, ToDoubleFunction<Frame> value, Function<Frame, OptionalDouble> bar) {
        this.label = label;
        this.value = value;
        this.bar = bar;
    }

    /** For people. */
    String label() {
        return label;
    }

    /** Name of its column. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its value in a frame. */
    double of(Frame frame) {
        return value.applyAsDouble(frame);
    }

    /** Half width of the frame's 95 % bar. */
    OptionalDouble bar(Frame frame) {
        return bar.apply(frame);
    }

    private static List<Eigenvalue> largest(Frame frame, int rank) {
        return frame.curvature().largest().stream().skip(rank).limit(1).toList();
    }

    private static List<Eigenvalue> smallest(Frame frame) {
        return frame.curvature().lambdaMin().stream().toList();
    }

    private static double value(List<Eigenvalue> found) {
        return found.isEmpty() ? Double.NaN : found.get(0).value();
    }

    private static OptionalDouble bar(List<Eigenvalue> found) {
        return found.stream()
                .flatMapToDouble(value -> value.samplingError().stream())
                .map(SamplingBar::of)
                .findFirst();
    }

    private static OptionalDouble bar(double standardError) {
        return Double.isNaN(standardError) ? OptionalDouble.empty() : OptionalDouble.of(SamplingBar.of(standardError));
    }
}
