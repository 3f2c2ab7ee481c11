package org.thalweg.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SamplingBar;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.topology.Hollow;
import org.thalweg.topology.MergeTree;
import org.thalweg.topology.PlaneComparison;

/** Findings from the surface and from the limits of its grid. */
final class SurfaceFindings {

    /** The points of a surface that were computed. */
    private record Extent(
            int missing, int notFinite, double lowest, double highest, double lowestAlpha, double lowestBeta) {

        static Extent of(SurfaceValues surface) {
            double[] alpha = surface.alpha();
            double[] beta = surface.beta();
            double[][] loss = surface.loss();
            boolean[][] evaluated = surface.evaluated();
            Extent extent = new Extent(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);
            for (int row = 0; row < beta.length; row++) {
                for (int column = 0; column < alpha.length; column++) {
                    extent = extent.with(evaluated[row][column], loss[row][column], alpha[column], beta[row]);
                }
            }
            return extent;
        }

        private Extent with(boolean evaluated, double loss, double alpha, double beta) {
            if (!evaluated) {
                return new Extent(missing + 1, notFinite, lowest, highest, lowestAlpha, lowestBeta);
            }
            if (!Double.isFinite(loss)) {
                return new Extent(missing, notFinite + 1, lowest, highest, lowestAlpha, lowestBeta);
            }
            return loss < lowest
                    ? new Extent(missing, notFinite, loss, Math.max(highest, loss), alpha, beta)
                    : new Extent(missing, notFinite, lowest, Math.max(highest, loss), lowestAlpha, lowestBeta);
        }
    }

    private SurfaceFindings() {}

    /** @param before the frame before, if there is one */
    static List<Finding> of(Frame frame, Optional<Moment> before) {
        if (frame.status() == Frame.Status.DIVERGED) {
            // There is nothing around parameters that are not finite.
            return List.of();
        }
        SurfaceValues surface = frame.surface();
        int columns = surface.alpha().length;
        int rows = surface.beta().length;
        Extent extent = Extent.of(surface);
        List<Finding> found = new ArrayList<>();
        if (extent.missing > 0 && surface.interpolation().isEmpty()) {
            found.add(Advice.warning(
                    "partial",
                    "The surface is partial: " + Words.count(surface.evaluatedPoints()) + " of "
                            + Words.count((long) columns * rows) + " points were computed.",
                    Map.of("points", (double) surface.evaluatedPoints())));
        } else if (frame.status() == Frame.Status.PARTIAL) {
            found.add(Advice.warning(
                    "partial", "The frame is partial: there was too little time or memory for the rest.", Map.of()));
        }
        if (extent.notFinite > 0) {
            found.add(Advice.warning(
                    "not_finite",
                    "The loss is not finite at " + Words.count(extent.notFinite) + " points of the surface.",
                    Map.of("points", (double) extent.notFinite)));
        }
        if (extent.lowest == extent.highest && surface.evaluatedPoints() > 1) {
            found.add(constant(frame, extent));
        }
        if (extent.lowest < extent.highest) {
            coarse(surface, extent, before).ifPresent(found::add);
            shape(frame, extent, before).ifPresent(found::add);
            hollows(frame).ifPresent(found::add);
            apart(frame, before).ifPresent(found::add);
            untypical(frame).ifPresent(found::add);
        }
        return found;
    }

    /** All points have the same loss to the last bit: the plane's directions are zero, or the network's output is fixed. */
    private static Finding constant(Frame frame, Extent extent) {
        boolean isZero = frame.quantities().getOrDefault("parameter_norm", Double.NaN) == 0;
        String losses = "all computed points have the loss " + Words.number(extent.lowest);
        return Advice.warning(
                "constant",
                isZero
                        ? "All parameters are zero, and so are directions scaled to them: " + losses + "."
                        : "The surface is constant: " + losses + ".",
                Map.of("loss", extent.lowest));
    }

    private static Optional<Finding> coarse(SurfaceValues surface, Extent extent, Optional<Moment> before) {
        int columns = surface.alpha().length;
        int rows = surface.beta().length;
        String points = columns + " x " + rows + " points";
        if (Math.min(columns, rows) < Thresholds.FEW_POINTS) {
            return Optional.of(Advice.warning(
                    "coarse",
                    "The grid is coarse: " + points + " show little of what lies between them.",
                    Map.of("points", (double) columns * rows)));
        }
        double error = GridError.of(surface) / (extent.highest - extent.lowest);
        return error < Thresholds.COARSE.after(before, "coarse")
                ? Optional.empty()
                : Optional.of(Advice.warning(
                        "coarse",
                        "The grid is coarse: between its " + points + " the surface is uncertain by "
                                + Words.percent(error) + " of its range.",
                        Map.of("error", error)));
    }

    /**
     * Whether the plane is flat, or lower than at the minimizer; a minimizer that moves on the plane is not its centre.
     */
    private static Optional<Finding> shape(Frame frame, Extent extent, Optional<Moment> before) {
        double loss = frame.loss();
        double range = extent.highest - extent.lowest;
        if (!(loss > 0)) {
            return Optional.empty();
        }
        double flat = Thresholds.FLAT.after(before, "flat");
        if (extent.notFinite == 0 && range < flat * loss) {
            return Optional.of(Advice.note(
                    "flat",
                    "The plane is flat: on it the loss varies by " + Words.percent(range / loss) + " only.",
                    Map.of("range", range)));
        }
        boolean isCentred = !frame.quantities().containsKey("trajectory_alpha");
        double gap = Thresholds.LOWER_GROUND.after(before, "lower_ground");
        if (!isCentred || !(extent.lowest < (1 - gap) * loss)) {
            return Optional.empty();
        }
        return Optional.of(Advice.note(
                "lower_ground",
                "There is lower ground on this plane: the loss is " + Words.percent(1 - extent.lowest / loss)
                        + " less at α " + Words.number(extent.lowestAlpha) + ", β " + Words.number(extent.lowestBeta)
                        + ".",
                Map.of("loss", extent.lowest, "alpha", extent.lowestAlpha, "beta", extent.lowestBeta)));
    }

    /** Whether the plane is unlike random ones. */
    private static Optional<Finding> untypical(Frame frame) {
        return PlaneComparison.of(frame.curvature())
                .filter(PlaneComparison::isUntypical)
                .map(planes -> Advice.note(
                        "untypical_plane",
                        "This plane is not typical: it " + planes.words() + ".",
                        Map.of("rise", planes.drawn(), "mean", planes.mean(), "rank", planes.rank())));
    }

    /** Whether the plane has several minima beyond the errors of their depths. */
    private static Optional<Finding> hollows(Frame frame) {
        MergeTree tree = MergeTree.of(frame.surface());
        double noise = MergeTree.samplingNoise(frame);
        int minima = tree.minima(noise);
        if (minima < Thresholds.HOLLOWS) {
            return Optional.empty();
        }
        String number = "There are " + Words.count(minima) + " separate hollows on this plane";
        // Without a depth, what separates them are losses that are not finite.
        OptionalDouble deepest = tree.hollows().stream()
                .filter(hollow -> Double.isFinite(hollow.death()) && !hollow.isOnRim() && hollow.isDeeperThan(noise))
                .mapToDouble(Hollow::persistence)
                .max();
        return Optional.of(
                deepest.isPresent()
                        ? Advice.note(
                                "hollows",
                                number + ": the loss rises by up to " + Words.number(deepest.getAsDouble())
                                        + " on the way to a lower one.",
                                Map.of("minima", (double) minima, "depth", deepest.getAsDouble()))
                        : Advice.note("hollows", number + ".", Map.of("minima", (double) minima)));
    }

    /**
     * Whether the validation loss is lowest away from the minimizer, by more than its sampling error, at a point where the
     * training loss is higher.
     */
    private static Optional<Finding> apart(Frame frame, Optional<Moment> before) {
        SurfaceValues surface = frame.surface();
        if (frame.validationLoss().isEmpty()
                || surface.validationLoss().isEmpty()
                || frame.quantities().containsKey("trajectory_alpha")) {
            return Optional.empty();
        }
        double here = frame.validationLoss().getAsDouble();
        double[] alpha = surface.alpha();
        double[] beta = surface.beta();
        double[][] validation = surface.validationLoss().get();
        boolean[][] evaluated = surface.evaluated();
        int lowestRow = -1;
        int lowestColumn = -1;
        double lowest = here;
        for (int row = 0; row < beta.length; row++) {
            for (int column = 0; column < alpha.length; column++) {
                double there = validation[row][column];
                if (evaluated[row][column] && Double.isFinite(there) && there < lowest) {
                    lowest = there;
                    lowestRow = row;
                    lowestColumn = column;
                }
            }
        }
        double error = SamplingBar.of(frame.quantities().getOrDefault("loss_standard_error", 0.0));
        double gap = Thresholds.VALLEYS.after(before, "valleys_apart");
        if (lowestRow < 0
                || !(here - lowest > Math.max(gap * here, error))
                || !(surface.loss()[lowestRow][lowestColumn] > frame.loss())) {
            return Optional.empty();
        }
        return Optional.of(Advice.warning(
                "valleys_apart",
                "The valleys lie apart: the validation loss is " + Words.percent(1 - lowest / here) + " less at α "
                        + Words.number(alpha[lowestColumn]) + ", β " + Words.number(beta[lowestRow])
                        + ", where the training loss is higher.",
                Map.of("validation_loss", lowest, "alpha", alpha[lowestColumn], "beta", beta[lowestRow])));
    }
}
