package org.thalweg.analysis;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.JointPlane;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.ExplainedVariance;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.surface.TrajectoryGrid;
import org.thalweg.surface.TrajectoryPoint;

/**
 * One or several runs of a network on one plane: the coordinates of their snapshots, their distances from the plane,
 * and the loss.
 *
 * <p>Values that are not trained (BatchNorm statistics, frozen layers) are those of the plane's origin everywhere on
 * the plane, and each snapshot's own for its own loss. Memory: a second parameter vector for each snapshot while the
 * plane is computed. Not thread-safe.
 *
 * @since 0.2.0
 */
public final class TrajectoryAnalysis {

    /** A plane of principal components. */
    public static final String COMPONENTS = "pca";

    /** The plane of a run's first frame. */
    public static final String FIRST_FRAME = "first-frame";

    private final Objective train;
    private final @Nullable Objective validation;
    private final String kind;
    private final JointPlane plane;
    private final Origin origin;
    private final List<TrajectoryValues> trajectories;

    /** The snapshot at (0, 0), and the values there. */
    private record Origin(
            String run, ParameterSnapshot snapshot, ObjectiveValue train, Optional<ObjectiveValue> validation) {}

    /**
     * Runs on the plane of the first two principal components of all their snapshots, through the first run's last one.
     *
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     * @param runs at least one, of the same network
     * @throws IllegalArgumentException if the snapshots are fewer than three, not finite, of another network, or on a
     *     line
     */
    public static TrajectoryAnalysis ofComponents(
            Objective train, @Nullable Objective validation, List<RunSnapshots> runs) {
        requireFinite(runs);
        ParameterLayout layout = train.layout();
        List<List<INDArray>> packed = runs.stream()
                .map(run -> run.snapshots().stream()
                        .map(snapshot -> layout.pack(snapshot.parameters()))
                        .toList())
                .toList();
        JointPlane plane = JointPlane.ofComponents(packed);
        packed.stream()
                .flatMap(List::stream)
                .filter(vector -> vector != plane.origin())
                .forEach(INDArray::close);
        RunSnapshots first = runs.get(0);
        return new TrajectoryAnalysis(train, validation, runs, COMPONENTS, plane, first, first.last());
    }

    /**
     * Runs on a plane through the first run's first snapshot.
     *
     * @param train objective on the training probe
     * @param validation the same on the validation probe, or null
     * @param runs at least one, of the same network
     * @param directions of the plane at those parameters, packed
     * @throws IllegalArgumentException if snapshots are not finite or of another network, or the directions span no
     *     plane
     */
    public static TrajectoryAnalysis ofFirstFrame(
            Objective train,
            @Nullable Objective validation,
            List<RunSnapshots> runs,
            Function<INDArray, DirectionPair> directions) {
        requireFinite(runs);
        RunSnapshots first = runs.get(0);
        ParameterSnapshot snapshot = first.snapshots().get(0);
        INDArray theta = train.layout().pack(snapshot.parameters());
        JointPlane plane = JointPlane.through(theta, directions.apply(theta));
        return new TrajectoryAnalysis(train, validation, runs, FIRST_FRAME, plane, first, snapshot);
    }

    private TrajectoryAnalysis(
            Objective train,
            @Nullable Objective validation,
            List<RunSnapshots> runs,
            String kind,
            JointPlane plane,
            RunSnapshots first,
            ParameterSnapshot snapshot) {
        this.kind = kind;
        this.plane = plane;
        this.trajectories =
                runs.stream().map(run -> values(train, run, snapshot, plane)).toList();
        this.train = train.withConstants(snapshot);
        this.validation = validation == null ? null : validation.withConstants(snapshot);
        this.origin = new Origin(
                first.run(),
                snapshot,
                this.train.evaluate(plane.origin()),
                Optional.ofNullable(this.validation).map(objective -> objective.evaluate(plane.origin())));
    }

    /** A NaN among the weights would make every point of the plane NaN. */
    private static void requireFinite(List<RunSnapshots> runs) {
        for (RunSnapshots run : runs) {
            for (ParameterSnapshot snapshot : run.snapshots()) {
                if (!InnerProducts.isFinite(snapshot.parameters())) {
                    throw new IllegalArgumentException("the parameters of " + run.run() + " at iteration "
                            + snapshot.iteration() + " are not finite: no plane holds a run that has diverged");
                }
            }
        }
    }

    private static TrajectoryValues values(
            Objective objective, RunSnapshots run, ParameterSnapshot origin, JointPlane plane) {
        List<TrajectoryPoint> points = TrajectoryPoint.project(objective, origin, plane.directions(), run.snapshots());
        return new TrajectoryValues(
                run.run(),
                run.snapshots().stream().mapToLong(ParameterSnapshot::iteration).toArray(),
                points.stream().mapToDouble(TrajectoryPoint::alpha).toArray(),
                points.stream().mapToDouble(TrajectoryPoint::beta).toArray(),
                points.stream().mapToDouble(TrajectoryPoint::distance).toArray(),
                points.stream().mapToDouble(TrajectoryPoint::loss).toArray(),
                points.stream().mapToDouble(TrajectoryPoint::planeLoss).toArray());
    }

    /** The runs on the plane, in the order given. */
    public List<TrajectoryValues> trajectories() {
        return trajectories;
    }

    /** A grid that holds all runs. */
    public Grid grid(int points) {
        return TrajectoryGrid.holding(
                trajectories.stream()
                        .map(TrajectoryValues::alpha)
                        .flatMapToDouble(DoubleStream::of)
                        .toArray(),
                trajectories.stream()
                        .map(TrajectoryValues::beta)
                        .flatMapToDouble(DoubleStream::of)
                        .toArray(),
                points);
    }

    /** An empty surface on a grid, with validation values where there is a validation probe. */
    public LossSurface empty(Grid grid) {
        return LossSurface.empty(grid, validation != null);
    }

    /**
     * The surface computed before, to be continued.
     *
     * @param before the result of an earlier analysis of the same runs on the same plane
     * @throws IllegalArgumentException if it is another analysis; the message says what differs
     */
    public LossSurface continued(TrajectoryMap before, Grid grid) {
        TrajectoryMap now = map(empty(grid));
        requireSame("plane", before.plane(), now.plane());
        requireSame("origin", before.origin(), now.origin());
        requireSame("runs", names(before), names(now));
        requireSame("grid", coordinates(before), coordinates(now));
        for (int i = 0; i < trajectories.size(); i++) {
            if (!trajectories.get(i).sameAs(before.trajectories().get(i))) {
                throw new IllegalArgumentException("the snapshots of "
                        + trajectories.get(i).run() + " are different, or lie elsewhere on another plane");
            }
        }
        return GridValues.surface(grid, before.frame().surface());
    }

    private static List<String> names(TrajectoryMap map) {
        return map.trajectories().stream().map(TrajectoryValues::run).toList();
    }

    private static String coordinates(TrajectoryMap map) {
        double[] alpha = map.frame().surface().alpha();
        double[] beta = map.frame().surface().beta();
        return alpha.length + " x " + beta.length + " points from (" + alpha[0] + ", " + beta[0] + ") to ("
                + alpha[alpha.length - 1] + ", " + beta[beta.length - 1] + ")";
    }

    private static void requireSame(String what, Object before, Object now) {
        if (!before.equals(now)) {
            throw new IllegalArgumentException(what + " was " + before + ", is " + now);
        }
    }

    /**
     * Computes the missing points of a surface on the plane.
     *
     * @param stop as in {@link SurfaceEvaluator#fill}
     */
    public void fill(LossSurface surface, BooleanSupplier stop) {
        new SurfaceEvaluator(train, validation)
                .fill(surface, plane.origin(), plane.directions().plane(), Integer.MAX_VALUE, stop);
    }

    /** The runs and the computed part of the surface on their plane. */
    public TrajectoryMap map(LossSurface surface) {
        ParameterSnapshot snapshot = origin.snapshot();
        PlaneQuantities ofPlane = PlaneQuantities.of(plane.directions());
        FrameBuilder frame = Frame.builder(snapshot.iteration(), snapshot.epoch())
                .loss(origin.train().loss(), origin.train().accuracy())
                .status(true, surface.complete())
                .objective(train.name())
                .surface(GridValues.of(surface))
                .curvature(CurvatureValues.absent(train.hessianMethod().label(), "off")
                        .withAbsent(ofPlane.absent()))
                .quantities(ofPlane.values())
                .directions(ParameterArrays.ofPair(train.layout(), plane.directions()));
        origin.validation().ifPresent(value -> frame.validationLoss(value.loss(), value.accuracy()));
        return new TrajectoryMap(
                frame.build(),
                kind,
                origin.run() + ", iteration " + snapshot.iteration(),
                trajectories,
                plane.components()
                        .map(found -> new ExplainedVariance(
                                found.explainedVariance(), found.explainedVarianceRatio(), found.singularValues())));
    }
}
