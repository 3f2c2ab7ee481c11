package org.thalweg.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.PlaneModel;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.PrunedObjective;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.topology.MergeTree;

/**
 * Creates frames: the surface around a snapshot's parameters and the extreme eigenvalues there. Used by the listener,
 * offline analysis and clusters alike. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class FrameAnalysis {

    private final Objective train;
    private final SurfaceObjectives trainSurface;
    private final @Nullable SurfaceObjectives validationSurface;
    private final AnalysisOptions options;
    private final FramePlane plane;
    private final CurvatureTracker tracker;

    /**
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public FrameAnalysis(Objective train, @Nullable Objective validation, AnalysisOptions options) {
        this(SurfaceObjectives.fixed(train), validation == null ? null : SurfaceObjectives.fixed(validation), options);
    }

    /**
     * For frames that may use a part of the examples.
     *
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     */
    public FrameAnalysis(SurfaceObjectives train, @Nullable SurfaceObjectives validation, AnalysisOptions options) {
        this.train = train.whole();
        this.trainSurface = train;
        this.validationSurface = validation;
        this.options = options;
        this.plane = new FramePlane(options);
        this.tracker = new CurvatureTracker(options.curvature(), options.quantities());
    }

    /**
     * Sets the first frame's parameters, for frames that continue another analysis: they scale directions and place a
     * fixed plane.
     *
     * @param weights all arrays of the network at that frame
     */
    public void beginAt(List<NamedArray> weights) {
        ParameterSnapshot snapshot = new ParameterSnapshot(0, 0, ParameterArrays.toFlat(train.layout(), weights));
        Objective objective = train.withConstants(snapshot);
        plane.beginAt(objective, objective.layout().pack(snapshot.parameters()));
    }

    /**
     * The frame of a snapshot. Values that cannot be computed are absent, with a reason.
     *
     * @param training the state of training when the snapshot was taken
     * @param stop called now and then; true ends the surface as it is and leaves out the curvature
     */
    public Frame analyze(ParameterSnapshot snapshot, TrainingState training, BooleanSupplier stop) {
        return analyze(snapshot, training, Effort.FULL, stop);
    }

    /**
     * As {@link #analyze(ParameterSnapshot, TrainingState, BooleanSupplier)}, within limits. The curvature always uses
     * the whole probe.
     *
     * @param effort the share of the configured work to do
     */
    public Frame analyze(ParameterSnapshot snapshot, TrainingState training, Effort effort, BooleanSupplier stop) {
        return analyze(snapshot, training, effort, stop, surface -> {});
    }

    /**
     * Like {@link #analyze(ParameterSnapshot, TrainingState, Effort, BooleanSupplier)}, and shows intermediate results.
     *
     * @param progress gets a frame with the surface so far and without curvature at each level of refinement, on this
     *     thread
     */
    public Frame analyze(
            ParameterSnapshot snapshot,
            TrainingState training,
            Effort effort,
            BooleanSupplier stop,
            Consumer<Frame> progress) {
        Request request = new Request(snapshot, training, effort, stop, progress);
        Frame frame = train.placement().attempt(() -> attempt(request));
        OptionalInt failures = train.placement().failures();
        return failures.isPresent()
                ? frame.withQuantities(Map.of("device_failures", (double) failures.getAsInt()))
                : frame;
    }

    /** The arguments of {@link #analyze(ParameterSnapshot, TrainingState, Effort, BooleanSupplier, Consumer)}. */
    private record Request(
            ParameterSnapshot snapshot,
            TrainingState training,
            Effort effort,
            BooleanSupplier stop,
            Consumer<Frame> progress) {}

    private Frame attempt(Request request) {
        ParameterSnapshot snapshot = request.snapshot;
        Effort effort = request.effort;
        Stopwatch watch = new Stopwatch();
        Objective whole = trainSurface.whole(effort.memory()).withConstants(snapshot);
        INDArray theta = whole.layout().pack(snapshot.parameters());
        Objective objective = unpruned(whole, theta);
        Objective onSurface = trainSurface.on(effort).withConstants(snapshot);
        Objective validated =
                validationSurface == null ? null : validationSurface.on(effort).withConstants(snapshot);
        try (FramePlane.View view = plane(objective, theta, request.training)) {
            watch.lap("directions");
            LossSurface surface = plane.surface(objective, effort, validated != null);
            Optional<ObjectiveValue> offGrid =
                    options.fixedPlane() ? Optional.of(onSurface.evaluate(theta)) : Optional.empty();
            Runnable refined = () -> request.progress.accept(
                    unfinished(snapshot, objective, offGrid.orElseGet(surface::center), surface));
            plane.fill(surface, new SurfaceEvaluator(onSurface, validated), view, effort, request.stop, refined);
            ObjectiveValue here = offGrid.orElseGet(surface::center);
            Optional<ObjectiveValue> validatedHere = validated == null
                    ? Optional.empty()
                    : Optional.of(options.fixedPlane() ? validated.evaluate(theta) : surface.validationCenter());
            watch.lap("surface");
            Effort left = request.stop.getAsBoolean() ? new Effort(effort.level(), effort.stride(), 0) : effort;
            FrameProbes probes = new FrameProbes(
                    trainSurface.probe(),
                    Optional.ofNullable(validationSurface)
                            .map(held -> unpruned(held.whole(effort.memory()).withConstants(snapshot), theta)),
                    trainSurface.statistics().map(batches -> batches.withConstants(snapshot)));
            PlaneQuantities measured = plane.quantities(view, onSurface, theta)
                    .with(new ValidationValley(view.origin(), view.directions(), theta).quantities(surface, validated));
            // With eigenvalues alone nothing asks for the plane again.
            boolean planeIsDone = !left.memory().isComplete() && !options.keepDirections();
            if (planeIsDone) {
                view.close();
            }
            Optional<Parameterization> centred = options.fixedPlane() || planeIsDone
                    ? Optional.empty()
                    : Optional.of(view.directions().plane());
            Look look = look(objective, theta, here.loss(), request.training, probes, left, centred);
            watch.lap("curvature");
            CurvatureValues compared = look.curvature().withEstimates(planes(onSurface, view, left, request.stop));
            if (options.planes().isPresent()) {
                watch.lap("planes");
            }
            SurfaceValues values = GridValues.of(surface);
            PlaneQuantities ofPlane = measured.with(PlaneModel.of(here.loss(), look.quantities())
                    .map(model -> PlaneQuantities.radius(model, values))
                    .orElse(PlaneQuantities.NONE));
            FrameBuilder frame = Frame.builder(snapshot.iteration(), snapshot.epoch())
                    .loss(here.loss(), here.accuracy())
                    .status(InnerProducts.isFinite(theta), complete(surface, left))
                    .objective(objective.name())
                    .surface(values)
                    .curvature(compared.withAbsent(ofPlane.absent()))
                    .quantities(ofPlane.values())
                    .quantities(look.quantities());
            validatedHere.ifPresent(value -> frame.validationLoss(value.loss(), value.accuracy()));
            if (options.keepDirections()) {
                frame.directions(ParameterArrays.ofPair(objective.layout(), view.directions()));
            }
            if (options.keepWeights()) {
                frame.weights(ParameterArrays.ofFlat(objective.layout(), snapshot.parameters()));
            }
            Frame built = frame.seconds(watch.seconds()).build();
            return built.withQuantities(MergeTree.quantities(built));
        } finally {
            theta.close();
        }
    }

    /** The objective, without the weights that are zero if these are to stay zero. */
    private Objective unpruned(Objective objective, INDArray theta) {
        return options.directions().keepPruned() ? PrunedObjective.of(objective, theta) : objective;
    }

    /** The comparison with random planes, of frames that have their full share of time. */
    private List<Estimate> planes(Objective objective, FramePlane.View view, Effort effort, BooleanSupplier stop) {
        boolean isAsked =
                options.planes().isPresent() && effort.fullCurvature() && InnerProducts.isFinite(view.origin());
        return isAsked
                ? asked(options.planes().get())
                        .compare(objective, view.origin(), view.directions(), options.grid(), stop)
                : List.of();
    }

    /** Random planes leave pruned weights alone if the drawn plane does. */
    private RandomPlanes asked(RandomPlanes planes) {
        return options.directions().keepPruned()
                ? planes.withDirections(planes.directions().withKeepPruned(true))
                : planes;
    }

    private static Frame unfinished(
            ParameterSnapshot snapshot, Objective objective, ObjectiveValue here, LossSurface surface) {
        return Frame.builder(snapshot.iteration(), snapshot.epoch())
                .loss(here.loss(), here.accuracy())
                .status(Frame.Status.PARTIAL)
                .objective(objective.name())
                .surface(GridValues.of(surface))
                .curvature(CurvatureValues.absent(objective.hessianMethod().label(), "unfinished"))
                .build();
    }

    /**
     * Measures the cost of frames at the parameters of a snapshot. Points are timed again, since the first frame spends
     * most of its time on compilation and buffers; the cost of products is estimated from them.
     *
     * @param first a previous frame
     */
    public AnalysisCost cost(ParameterSnapshot snapshot, Frame first) {
        AnalysisCost cost = cost(snapshot);
        return new AnalysisCost(
                cost.setup(),
                cost.point(),
                cost.product(),
                options.fixedPlane() ? 0 : first.seconds().getOrDefault("directions", 0.0));
    }

    /** The cost of frames as in {@link #cost(ParameterSnapshot, Frame)}, for points and products alone. */
    public AnalysisCost cost(ParameterSnapshot snapshot) {
        return train.placement()
                .attempt(() -> CostTrial.of(
                        snapshot, train, Optional.ofNullable(validationSurface).map(SurfaceObjectives::whole)));
    }

    private FramePlane.View plane(Objective objective, INDArray theta, TrainingState training) {
        Optional<INDArray> previous = options.plane().isEmpty()
                ? Optional.empty()
                : training.previousParameters().value().map(objective.layout()::pack);
        try {
            return plane.at(objective, theta, previous);
        } finally {
            previous.ifPresent(INDArray::close);
        }
    }

    /** The curvature and the quantities that derive from it. */
    private record Look(CurvatureValues curvature, Map<String, Double> quantities) {}

    private Look look(
            Objective objective,
            INDArray theta,
            double loss,
            TrainingState training,
            FrameProbes probes,
            Effort effort,
            Optional<Parameterization> centred) {
        boolean whole = effort.fullCurvature() || options.curvature().isEmpty() || !Double.isFinite(loss);
        Optional<CurvatureOptions> within = options.curvature().flatMap(effort.memory()::of);
        if (!whole && (effort.products() == 0 || within.isEmpty())) {
            String reason = within.isEmpty() ? "memory" : "budget";
            return new Look(CurvatureValues.absent(objective.hessianMethod().label(), reason), Map.of());
        }
        try (CurvatureReport report = whole
                ? tracker.look(objective, theta, loss, training, probes, centred, within)
                : Curvature.report(objective, theta, limited(within.orElseThrow(), effort.products()))) {
            return new Look(ReportValues.of(report), report.quantities());
        }
    }

    /** Only the extreme eigenvalues, with at most a number of products. */
    private static CurvatureOptions limited(CurvatureOptions options, int products) {
        KrylovBudget budget = options.eigenvalues().budget();
        return CurvatureOptions.DEFAULT
                .withEigenvalues(options.eigenvalues())
                .withBudget(budget.withProducts(Math.min(budget.products(), products)))
                .withSelfCheck(false)
                .withSampling(false);
    }

    private boolean complete(LossSurface surface, Effort effort) {
        boolean wholeCurvature = options.curvature().isEmpty() || effort.fullCurvature();
        return surface.complete() && effort.stride() == 1 && wholeCurvature;
    }
}
