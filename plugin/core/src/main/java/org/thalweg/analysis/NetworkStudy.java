package org.thalweg.analysis;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.curvature.TrainingState;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.PlaneModel;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.topology.MergeTree;

/**
 * Analyzes one network on one plane, in stages that can be stopped at any point and continued later, even in another
 * process. Each value is computed from the network alone, so the final result is the same to the last bit. Not
 * thread-safe.
 *
 * @since 0.2.0
 */
public final class NetworkStudy {

    /** The reason recorded before the curvature is computed. */
    private static final String PENDING = "not computed yet";

    /** The stages of a study. */
    public enum Stage {
        /** Points of the surface. */
        SURFACE,
        /** The spectrum at the network, in one step. */
        CURVATURE,
        /** Points of the convexity map. */
        CONVEXITY
    }

    /** Called between steps, on the thread that computes. */
    @FunctionalInterface
    public interface Watch {

        /**
         * Whether to stop here. The study may be read and written during the call.
         *
         * @param done completed steps of this stage
         * @param of all steps of this stage
         */
        boolean stop(Stage stage, int done, int of);
    }

    private final Objective train;
    private final @Nullable Objective validation;
    private final Optional<Probe> probe;
    private final ParameterSnapshot snapshot;
    private final INDArray theta;
    private final boolean finiteParameters;
    private final DirectionPair directions;
    private final StudyOptions options;
    private final RunProvenance provenance;
    private final ObjectiveValue center;
    private final Optional<ObjectiveValue> validationCenter;
    private final long start = System.nanoTime();

    private LossSurface surface;
    private Optional<ConvexityMap> convexity;
    private CurvatureValues curvature;
    private Map<String, Double> quantities = Map.of();
    private boolean curvatureDone;
    private double secondsBefore;

    /** Read as complete: there is nothing to add. */
    private @Nullable SurfaceStudy finished;

    /**
     * A study without any results.
     *
     * @param train objective on the training probe
     * @param probes the training probe, whose batches give sampling errors, and the same objective on the validation
     *     probe, as far as there are any
     * @param snapshot the network's parameters, at (0, 0)
     * @param directions of the plane, at the snapshot
     * @param provenance the network and the options of the study
     * @throws IllegalArgumentException if the points of the convexity map are not among the surface's
     */
    public NetworkStudy(
            Objective train,
            FrameProbes probes,
            ParameterSnapshot snapshot,
            DirectionPair directions,
            StudyOptions options,
            RunProvenance provenance) {
        this.train = train.withConstants(snapshot);
        this.validation = probes.validation()
                .map(objective -> objective.withConstants(snapshot))
                .orElse(null);
        this.probe = probes.training();
        this.snapshot = snapshot;
        this.theta = this.train.layout().pack(snapshot.parameters());
        this.finiteParameters = InnerProducts.isFinite(theta);
        this.directions = directions;
        this.options = options;
        this.provenance = provenance;
        this.center = this.train.evaluate(theta);
        this.validationCenter = Optional.ofNullable(this.validation).map(objective -> objective.evaluate(theta));
        this.surface = LossSurface.empty(options.grid(), validation != null);
        this.convexity = options.convexity().isPresent()
                ? Optional.of(
                        new ConvexityMap(options.grid(), options.convexity().getAsInt()))
                : Optional.empty();
        this.curvature = CurvatureValues.absent(train.hessianMethod().label(), PENDING);
    }

    /**
     * Continues from earlier results of the same provenance.
     *
     * @throws IllegalArgumentException if the results are on another grid
     */
    public void goOnFrom(SurfaceStudy before) {
        finished = before.frame().status() == Frame.Status.COMPLETE ? before : null;
        surface = GridValues.surface(options.grid(), before.frame().surface());
        Optional<ConvexityValues> known = before.convexity();
        if (known.isPresent()) {
            convexity = convexity.map(
                    map -> new ConvexityMap(options.grid(), options.convexity().orElseThrow(), known.get()));
        }
        curvatureDone = before.curvatureDone();
        if (curvatureDone) {
            curvature = before.frame().curvature();
            quantities = before.frame().quantities();
        }
        secondsBefore = before.frame().totalSeconds();
    }

    /** Computes the missing results, until the study is complete or the watch stops it. */
    public void run(Watch watch) {
        if (finished != null) {
            return;
        }
        if (!surface.complete()) {
            BooleanSupplier stop = () -> watch.stop(
                    Stage.SURFACE, surface.evaluatedPoints(), options.grid().size());
            SurfaceEvaluator evaluator = new SurfaceEvaluator(train, validation);
            if (options.tolerance().isPresent()) {
                evaluator.fillWithin(
                        surface, theta, directions.plane(), options.tolerance().getAsDouble(), stop, () -> {});
            } else {
                evaluator.fill(surface, theta, directions.plane(), Integer.MAX_VALUE, stop);
            }
        }
        if (watch.stop(Stage.SURFACE, surface.evaluatedPoints(), options.grid().size())) {
            return;
        }
        if (!curvatureDone) {
            if (watch.stop(Stage.CURVATURE, 0, 1)) {
                return;
            }
            lookAtCurvature();
            // An interrupted comparison begins again, so it ends with this stage.
            if (options.planes().isPresent() && !diverged()) {
                curvature = curvature.withEstimates(
                        options.planes().get().compare(train, theta, directions, options.grid(), () -> false));
            }
        }
        if (watch.stop(Stage.CURVATURE, 1, 1) || diverged()) {
            return;
        }
        convexity.ifPresent(map -> {
            new ConvexityEvaluator(train, ConvexityEvaluator.OPTIONS)
                    .fill(map, theta, directions, () -> watch.stop(Stage.CONVEXITY, map.evaluatedPoints(), map.size()));
            watch.stop(Stage.CONVEXITY, map.evaluatedPoints(), map.size());
        });
    }

    private void lookAtCurvature() {
        CurvatureTracker tracker = new CurvatureTracker(options.curvature(), options.quantities());
        try (CurvatureReport report = tracker.look(
                train,
                theta,
                center.loss(),
                TrainingState.UNKNOWN,
                new FrameProbes(probe, Optional.ofNullable(validation)),
                Optional.of(directions.plane()))) {
            curvature = ReportValues.of(report);
            quantities = report.quantities();
        }
        curvatureDone = true;
    }

    /** Whether every result is computed, or known to be unavailable. */
    public boolean complete() {
        if (finished != null) {
            return true;
        }
        boolean all = surface.complete()
                && curvatureDone
                && convexity.map(ConvexityMap::complete).orElse(true);
        return all || (diverged() && curvatureDone);
    }

    private boolean diverged() {
        return !finiteParameters || !Double.isFinite(center.loss());
    }

    /** The current results; without directions if they were complete before. */
    public SurfaceStudy study() {
        if (finished != null) {
            return finished;
        }
        SurfaceValues values = GridValues.of(surface);
        PlaneQuantities ofPlane = PlaneQuantities.of(directions);
        if (surface.complete()) {
            ofPlane = ofPlane.with(new ValidationValley(theta, directions, theta).quantities(surface, validation))
                    .with(PlaneModel.of(center.loss(), quantities)
                            .map(model -> PlaneQuantities.radius(model, values))
                            .orElse(PlaneQuantities.NONE));
        }
        FrameBuilder frame = Frame.builder(snapshot.iteration(), snapshot.epoch())
                .loss(center.loss(), center.accuracy())
                .status(finiteParameters, complete())
                .objective(train.name())
                .surface(values)
                .curvature(curvature.withAbsent(ofPlane.absent()))
                .quantities(quantities)
                .quantities(ofPlane.values())
                .seconds(Map.of("total", secondsBefore + (System.nanoTime() - start) / 1e9));
        validationCenter.ifPresent(value -> frame.validationLoss(value.loss(), value.accuracy()));
        if (options.keepDirections() && complete()) {
            frame.directions(ParameterArrays.ofPair(train.layout(), directions));
        }
        Frame built = frame.build();
        Frame described = built.withQuantities(MergeTree.quantities(built));
        return new SurfaceStudy(provenance, described, curvatureDone, convexity.map(ConvexityMap::values));
    }
}
