package org.thalweg.demo.generalization;

import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.thalweg.curvature.CurvatureOperator;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.TraceValue;

/** A measure of sharpness, and the training loss as a control. NaN where a frame lacks it. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum Measure {
    /** The largest eigenvalue of the Hessian. */
    LAMBDA_MAX(
            "lambda_max",
            frame -> frame.curvature().lambdaMax().map(Eigenvalue::value).orElse(Double.NaN)),
    /** The trace of the Hessian. */
    TRACE("trace", frame -> frame.curvature().trace().map(TraceValue::value).orElse(Double.NaN)),
    /** The largest eigenvalue of |theta| H |theta|. */
    ADAPTIVE("adaptive lambda_max", Measure::adaptive),
    /** See {@link org.thalweg.curvature.quantity.SamRise}. */
    SAM_RISE("SAM rise", frame -> frame.quantities().getOrDefault("sam_rise", Double.NaN)),
    /** Mean rise on a circle in a filter-normalized random plane. */
    RISE("filter-normalized rise", SurfaceTable::rise),
    /** No sharpness: shows what the rest of the difference in loss tells. */
    TRAINING_LOSS("training loss", Frame::loss);

    private final String label;
    private final ToDoubleFunction<Frame> value;

    Measure(String label, ToDoubleFunction<Frame> value) {
        this.label = label;
        this.value = value;
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

    private static double adaptive(Frame frame) {
        return frame.curvature().estimates().stream()
                .filter(estimate -> estimate.operator().equals(CurvatureOperator.ADAPTIVE.name())
                        && estimate.estimator().equals("eigenvalues"))
                .mapToDouble(estimate ->
                        Objects.requireNonNull(estimate.values().arrays().get("eigenvalues"))[0])
                .findFirst()
                .orElse(Double.NaN);
    }
}
