package org.thalweg.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.TrainingState;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;

/**
 * Makes frames: the surface around a snapshot's parameters and the extreme eigenvalues there. Used by the listener,
 * offline analysis and clusters alike. Not thread-safe.
 */
public final class FrameAnalysis {

    private final Objective train;
    private final @Nullable Objective validation;
    private final AnalysisOptions options;
    private final RandomDirections directions;
    private final CurvatureTracker tracker;

    /**
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public FrameAnalysis(Objective train, @Nullable Objective validation, AnalysisOptions options) {
        this.train = train;
        this.validation = validation;
        this.options = options;
        this.directions = new RandomDirections(options.seed(), options.directions());
        this.tracker = new CurvatureTracker(options.curvature(), options.quantities());
    }

    /**
     * The frame of a snapshot. Values that cannot be had are absent with their reason, never invented.
     *
     * @param training what training was doing when the snapshot was taken
     * @param stop asked now and then; true ends the surface at what is there
     */
    public Frame analyze(ParameterSnapshot snapshot, TrainingState training, BooleanSupplier stop) {
        Stopwatch watch = new Stopwatch();
        Objective objective = train.withConstants(snapshot);
        Objective validated = validation == null ? null : validation.withConstants(snapshot);
        INDArray theta = objective.layout().pack(snapshot.parameters());
        DirectionPair pair = directions.at(objective.layout(), theta);
        watch.lap("directions");
        LossSurface surface = new SurfaceEvaluator(objective, validated, options.grid()).evaluate(theta, pair, stop);
        watch.lap("surface");
        ObjectiveValue center = surface.center();
        CurvatureValues curvature;
        Map<String, Double> quantities;
        try (CurvatureReport report = tracker.look(objective, theta, center.loss(), training)) {
            curvature = ReportValues.of(report, options.curvature());
            quantities = report.quantities();
        }
        watch.lap("curvature");
        List<NamedArray> kept = options.keepDirections() ? kept(pair) : List.of();
        List<NamedArray> weights =
                options.keepWeights() ? ParameterArrays.ofFlat(objective.layout(), snapshot.parameters()) : List.of();
        boolean finite = Double.isFinite(theta.sumNumber().doubleValue());
        theta.close();
        pair.delta().close();
        pair.eta().close();
        ObjectiveValue validationCenter = surface.validationCenter();
        return new Frame(
                snapshot.iteration(),
                snapshot.epoch(),
                status(surface, finite),
                center.loss(),
                center.accuracy(),
                validation == null ? OptionalDouble.empty() : OptionalDouble.of(validationCenter.loss()),
                validationCenter.accuracy(),
                objective.name(),
                values(surface),
                curvature,
                quantities,
                watch.seconds(),
                kept,
                weights);
    }

    private List<NamedArray> kept(DirectionPair pair) {
        List<NamedArray> arrays = new ArrayList<>();
        arrays.addAll(ParameterArrays.ofPacked("delta/", train.layout(), pair.delta()));
        arrays.addAll(ParameterArrays.ofPacked("eta/", train.layout(), pair.eta()));
        return arrays;
    }

    /** A ReLU may turn a NaN among the weights into a zero, so a finite loss alone proves nothing. */
    private static Frame.Status status(LossSurface surface, boolean finite) {
        if (!finite || !Double.isFinite(surface.center().loss())) {
            return Frame.Status.DIVERGED;
        }
        return surface.complete() ? Frame.Status.COMPLETE : Frame.Status.PARTIAL;
    }

    private static SurfaceValues values(LossSurface surface) {
        double[] axis = surface.grid().coordinates();
        return new SurfaceValues(
                axis,
                axis,
                surface.evaluated(),
                surface.loss(),
                surface.accuracy(),
                surface.validationLoss(),
                surface.validationAccuracy());
    }

    /** Wall time by stage. */
    private static final class Stopwatch {
        private final long start = System.nanoTime();
        private long last = start;
        private final Map<String, Double> seconds = new HashMap<>();

        void lap(String stage) {
            long now = System.nanoTime();
            seconds.put(stage, (now - last) / 1e9);
            last = now;
        }

        Map<String, Double> seconds() {
            seconds.put("total", (System.nanoTime() - start) / 1e9);
            return seconds;
        }
    }
}
