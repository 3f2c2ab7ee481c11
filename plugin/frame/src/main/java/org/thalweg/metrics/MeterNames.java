package org.thalweg.metrics;

import io.micrometer.core.instrument.Meter;
import java.util.List;
import java.util.Optional;

/**
 * Every meter of a run: name, kind, unit, tag keys, description. Dashboards and alert rules are checked against this
 * list. A name always has the same tag keys, since Prometheus rejects anything else.
 *
 * <p>A loss and its derivatives have no unit, since parameters are plain numbers. Their meters have no base unit, which
 * monitoring systems would append to the name.
 *
 * @since 0.2.0
 */
public enum MeterNames {
    /** Objective at the parameters. */
    LOSS(
            "thalweg.loss",
            Meter.Type.GAUGE,
            "",
            "Loss at the parameters of the last frame, on the training or the validation probe",
            Tags.PROBE),
    /** Share of correct predictions. */
    ACCURACY(
            "thalweg.accuracy",
            Meter.Type.GAUGE,
            "percent",
            "Accuracy at the parameters of the last frame, on the training or the validation probe",
            Tags.PROBE),
    /** Extreme eigenvalues. */
    EIGENVALUE(
            "thalweg.hessian.eigenvalue",
            Meter.Type.GAUGE,
            "",
            "Eigenvalue of the Hessian, by end of the spectrum; rank 1 is the outermost; see its residual and convergence",
            Tags.END,
            Tags.RANK,
            Tags.METHOD),
    /** Their error bounds. */
    RESIDUAL(
            "thalweg.hessian.residual",
            Meter.Type.GAUGE,
            "",
            "Residual norm of an eigenpair: a true eigenvalue lies within this distance of the eigenvalue shown",
            Tags.END,
            Tags.RANK,
            Tags.METHOD),
    /** Whether they converged. */
    CONVERGED(
            "thalweg.hessian.converged",
            Meter.Type.GAUGE,
            "",
            "Whether an eigenvalue is within the requested tolerance (1) or only a Ritz value (0)",
            Tags.END,
            Tags.RANK,
            Tags.METHOD),
    /** Their error from the choice of examples. */
    SAMPLING_ERROR(
            "thalweg.hessian.sampling.error",
            Meter.Type.GAUGE,
            "",
            "Standard error of an eigenvalue from the choice of the probe's examples; a 95 % bar is 2.13 of it",
            Tags.END,
            Tags.RANK,
            Tags.METHOD),
    /** The same directions on held-out examples. */
    VALIDATION_CURVATURE(
            "thalweg.validation.curvature",
            Meter.Type.GAUGE,
            "",
            "Curvature of the validation loss along an eigenvector of the training loss, which is not fitted to it",
            Tags.END,
            Tags.RANK,
            Tags.METHOD),
    /** lambda_max. */
    SHARPNESS(
            "thalweg.sharpness",
            Meter.Type.GAUGE,
            "",
            "Sharpness: the largest eigenvalue of the Hessian at the parameters of the last frame",
            Tags.METHOD),
    /** Sum of all eigenvalues. */
    TRACE("thalweg.hessian.trace", Meter.Type.GAUGE, "", "Estimated trace of the Hessian", Tags.METHOD),
    /** Standard error of the trace. */
    TRACE_ERROR(
            "thalweg.hessian.trace.error",
            Meter.Type.GAUGE,
            "",
            "Standard error of the estimated trace of the Hessian",
            Tags.METHOD),
    /** The trace's error from the choice of examples. */
    TRACE_SAMPLING_ERROR(
            "thalweg.hessian.trace.sampling.error",
            Meter.Type.GAUGE,
            "",
            "Standard error of the trace of the Hessian from the choice of the probe's examples",
            Tags.METHOD),
    /** Extreme eigenvalues of one layer. */
    LAYER_EIGENVALUE(
            "thalweg.layer.eigenvalue",
            Meter.Type.GAUGE,
            "",
            "Largest or smallest eigenvalue of a layer's diagonal block of the Hessian",
            Tags.LAYER,
            Tags.END,
            Tags.METHOD),
    /** Sum of a layer's eigenvalues. */
    LAYER_TRACE(
            "thalweg.layer.trace",
            Meter.Type.GAUGE,
            "",
            "Estimated trace of a layer's diagonal block of the Hessian",
            Tags.LAYER,
            Tags.METHOD),
    /** lambda_max of the Gauss-Newton matrix. */
    GAUSS_NEWTON(
            "thalweg.gauss.newton.eigenvalue", Meter.Type.GAUGE, "", "Largest eigenvalue of the Gauss-Newton matrix"),
    /** The Gauss-Newton share of the sharpness. */
    GAUSS_NEWTON_SHARE(
            "thalweg.gauss.newton.share",
            Meter.Type.GAUGE,
            "",
            "Share of the Gauss-Newton matrix in the Hessian's curvature along its top eigenvector"),
    /** Effect of single precision on eigenvalues. */
    REFERENCE_DEVIATION(
            "thalweg.hessian.reference.deviation",
            Meter.Type.GAUGE,
            "",
            "Largest difference between an eigenvalue and the same in double precision"),
    /** Results of further estimators for further matrices. */
    ESTIMATE(
            "thalweg.estimate",
            Meter.Type.GAUGE,
            "",
            "A number of a further estimate of the curvature, by matrix, estimator and name",
            Tags.OPERATOR,
            Tags.ESTIMATOR,
            Tags.NAME),
    /** Cost of the eigenvalues. */
    PRODUCTS(
            "thalweg.hessian.products",
            Meter.Type.GAUGE,
            "products",
            "Hessian-vector products that the last frame's eigenvalues took"),
    /** The operator's self-check. */
    ASYMMETRY(
            "thalweg.hessian.asymmetry",
            Meter.Type.GAUGE,
            "",
            "Relative asymmetry of Hessian products on random vectors; only rounding unless something is wrong"),
    /** Flatness. */
    SURFACE_RISE(
            "thalweg.surface.rise",
            Meter.Type.GAUGE,
            "",
            "Flatness of the loss surface: mean rise of the loss over the grid above its value at the parameters; small"
                    + " is flat"),
    /** Size of the surface. */
    SURFACE_POINTS(
            "thalweg.surface.points", Meter.Type.GAUGE, "points", "Evaluated points of the last frame's surface"),
    /** All further scalars of a frame. */
    QUANTITY("thalweg.quantity", Meter.Type.GAUGE, "", "Further quantity of the last frame, by name", Tags.NAME),
    /** What the last frame means. */
    FINDING(
            "thalweg.finding",
            Meter.Type.GAUGE,
            "",
            "1 where the last frame has a finding of this kind and severity",
            Tags.KIND,
            Tags.SEVERITY),
    /** Where training is. */
    ITERATION("thalweg.iteration", Meter.Type.GAUGE, "iterations", "Completed parameter updates at the last frame"),
    /** Where training is. */
    EPOCH("thalweg.epoch", Meter.Type.GAUGE, "epochs", "Completed epochs at the last frame"),
    /** Cost of frames. */
    STAGE("thalweg.frame.stage", Meter.Type.TIMER, "seconds", "Wall time of a stage of a frame", Tags.STAGE),
    /** Computed frames. */
    RECORDED(
            "thalweg.recorded.frames",
            Meter.Type.COUNTER,
            "frames",
            "Frames computed, by whether they are complete",
            Tags.STATUS),
    /** Frames that were due but not computed. */
    SKIPPED("thalweg.skipped.frames", Meter.Type.COUNTER, "frames", "Frames due and not computed", Tags.REASON),
    /** Frames that failed. */
    FAILED(
            "thalweg.failed.frames",
            Meter.Type.COUNTER,
            "frames",
            "Frames that could not be computed, by the kind of error",
            Tags.REASON),
    /** Failed calls to a sink. */
    SINK_FAILED(
            "thalweg.sink.failed.calls",
            Meter.Type.COUNTER,
            "calls",
            "Failed calls to a sink, by the sink and the kind of error",
            Tags.SINK,
            Tags.REASON),
    /** Frames without eigenvalues. */
    CURVATURE_ABSENT(
            "thalweg.curvature.absent.frames",
            Meter.Type.COUNTER,
            "frames",
            "Frames without eigenvalues, by the reason",
            Tags.REASON),
    /** Frames without another requested quantity. */
    ABSENT(
            "thalweg.absent.frames",
            Meter.Type.COUNTER,
            "frames",
            "Frames without a requested trace, density or quantity, by its name and the reason",
            Tags.NAME,
            Tags.REASON);

    /** Tag keys. */
    public static final class Tags {
        /** Name of the run; every meter has it. */
        public static final String RUN = "run";
        /** {@code train} or {@code validation}. */
        public static final String PROBE = "probe";
        /** {@code largest} or {@code smallest}. */
        public static final String END = "end";
        /** 1 for the outermost eigenvalue of its end, 2 for the next, ... */
        public static final String RANK = "rank";
        /** {@code exact} or {@code finite-difference}. */
        public static final String METHOD = "method";
        /** Name of a matrix, such as {@code gauss_newton}. */
        public static final String OPERATOR = "operator";
        /** Name of an estimator, such as {@code trace}. */
        public static final String ESTIMATOR = "estimator";
        /** Name of a layer. */
        public static final String LAYER = "layer";
        /** Kind of a finding, such as {@code edge_of_stability}. */
        public static final String KIND = "kind";
        /** {@code note}, {@code warning} or {@code alarm}. */
        public static final String SEVERITY = "severity";
        /** Name of a quantity. */
        public static final String NAME = "name";
        /** {@code surface}, {@code curvature}, ..., {@code total}. */
        public static final String STAGE = "stage";
        /** A frame's status, such as {@code complete}. */
        public static final String STATUS = "status";
        /** Class of a sink, such as {@code RunRecorder}. */
        public static final String SINK = "sink";
        /** {@code busy}, {@code memory}, ..., or the kind of error. */
        public static final String REASON = "reason";

        private Tags() {}
    }

    private final String meterName;
    private final Meter.Type type;
    private final String baseUnit;
    private final String description;

    /** Immutable, which static analysis does not recognize. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> tagKeys;

    MeterNames(String meterName, Meter.Type type, String baseUnit, String description, String... tagKeys) {
        this.meterName = meterName;
        this.type = type;
        this.baseUnit = baseUnit;
        this.description = description;
        this.tagKeys = List.of(tagKeys);
    }

    /** Micrometer's name, {@code thalweg.loss}. */
    public String meterName() {
        return meterName;
    }

    /** Gauge, counter or timer. */
    public Meter.Type type() {
        return type;
    }

    /** The unit, empty for a plain number. */
    public Optional<String> baseUnit() {
        return baseUnit.isEmpty() ? Optional.empty() : Optional.of(baseUnit);
    }

    /** Its description, in one sentence. */
    public String description() {
        return description;
    }

    /** Its tag keys in order, without {@link Tags#RUN}. */
    public List<String> tagKeys() {
        return tagKeys;
    }
}
