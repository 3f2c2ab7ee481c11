package org.thalweg.analysis;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.direction.CheckpointDirections;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.PlaneProjection;
import org.thalweg.direction.PlaneProjection.Projected;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.RunProvenance;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.surface.BezierCurve;
import org.thalweg.surface.LineEvaluator;
import org.thalweg.surface.LossLine;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;
import org.thalweg.surface.TrajectoryGrid;

/**
 * Loss and accuracy on the straight line between two networks, on a curve between them, and on the plane of the curve. delta
 * leads from the first network to the second; eta is the part of the bend that is perpendicular to it, as long as delta, so
 * that both coordinates count in the distance of the networks. Confined to one thread at a time, together with its objectives.
 *
 * @param train objective on examples that the curve was trained on
 * @param validation the same on examples that it was not trained on, or null
 * @param snapshot of the first network; its constants are those of both
 * @param curve through both networks
 * @param options where losses are computed
 * @since 0.2.0
 */
public record ModeConnection(
        Objective train,
        @Nullable Objective validation,
        ParameterSnapshot snapshot,
        BezierCurve curve,
        ConnectionOptions options) {

    /** What is computed, for a progress bar. */
    @FunctionalInterface
    public interface Watch {

        /**
         * Called between steps, on the thread that computes.
         *
         * @param part {@code line}, {@code curve} or {@code surface}
         */
        void reached(String part, int done, int of);
    }

    /**
     * Computes everything.
     *
     * @param provenance the networks, examples and options
     * @param first name of the first network
     * @param second name of the second network
     * @throws IllegalArgumentException if the curve does not leave the straight line, so that there is no plane
     */
    public ConnectionStudy study(RunProvenance provenance, String first, String second, Watch watch) {
        Stopwatch stopwatch = new Stopwatch();
        LossLine straight = path(BezierCurve.straight(curve.first(), curve.second()), "line", watch);
        stopwatch.lap("line");
        LossLine bent = path(curve, "curve", watch);
        stopwatch.lap("curve");
        DirectionPair directions = directions();
        PlaneProjection projection = new PlaneProjection(curve.first(), directions);
        double[] places = options.places().coordinates();
        double[] alpha = new double[places.length];
        double[] beta = new double[places.length];
        Projected bend = projection.project(curve.bend());
        for (int i = 0; i < places.length; i++) {
            double share = BezierCurve.bendShare(places[i]);
            alpha[i] = share * bend.alpha() + places[i] * places[i];
            beta[i] = share * bend.beta();
        }
        LossSurface surface = surface(directions, alpha, beta, watch);
        stopwatch.lap("surface");
        return new ConnectionStudy(
                provenance,
                frame(surface, directions, stopwatch),
                first,
                second,
                GridValues.of(straight),
                GridValues.of(bent),
                alpha,
                beta,
                ParameterArrays.ofPacked("", train.layout(), curve.bend()));
    }

    private LossLine path(BezierCurve path, String name, Watch watch) {
        LossLine line = LossLine.empty(options.places(), validation != null);
        Parameterization along = path.along();
        new LineEvaluator(train, validation)
                .fill(
                        line,
                        path.first(),
                        along,
                        reporting(() -> watch.reached(name, line.evaluatedPoints(), options.points())));
        watch.reached(name, line.evaluatedPoints(), options.points());
        return line;
    }

    private DirectionPair directions() {
        DirectionPair pair = new CheckpointDirections(curve.second(), curve.bend())
                .orthogonalized()
                .at(DirectionContext.of(train, curve.first()));
        pair.eta().muli(InnerProducts.norm(pair.delta()) / InnerProducts.norm(pair.eta()));
        return pair;
    }

    private LossSurface surface(DirectionPair directions, double[] alpha, double[] beta, Watch watch) {
        LossSurface surface =
                LossSurface.empty(TrajectoryGrid.holding(alpha, beta, options.gridPoints()), validation != null);
        int points = surface.grid().size();
        new SurfaceEvaluator(train, validation)
                .fill(
                        surface,
                        curve.first(),
                        directions.plane(),
                        Integer.MAX_VALUE,
                        reporting(() -> watch.reached("surface", surface.evaluatedPoints(), points)));
        watch.reached("surface", surface.evaluatedPoints(), points);
        return surface;
    }

    private static BooleanSupplier reporting(Runnable report) {
        return () -> {
            report.run();
            return false;
        };
    }

    private Frame frame(LossSurface surface, DirectionPair directions, Stopwatch stopwatch) {
        PlaneQuantities ofPlane = PlaneQuantities.of(directions);
        ObjectiveValue center = train.evaluate(curve.first());
        FrameBuilder frame = Frame.builder(snapshot.iteration(), snapshot.epoch())
                .loss(center.loss(), center.accuracy())
                .status(true, surface.complete())
                .objective(train.name())
                .surface(GridValues.of(surface))
                .curvature(CurvatureValues.absent(train.hessianMethod().label(), "off")
                        .withAbsent(ofPlane.absent()))
                .quantities(ofPlane.values())
                .directions(ParameterArrays.ofPair(train.layout(), directions));
        if (validation != null) {
            ObjectiveValue held = validation.evaluate(curve.first());
            frame.validationLoss(held.loss(), held.accuracy());
        }
        return frame.seconds(stopwatch.seconds()).build();
    }
}
