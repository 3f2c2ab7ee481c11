package org.thalweg.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;

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

    static List<Finding> of(Frame frame) {
        SurfaceValues surface = frame.surface();
        int columns = surface.alpha().length;
        int rows = surface.beta().length;
        Extent extent = Extent.of(surface);
        List<Finding> found = new ArrayList<>();
        if (extent.missing > 0) {
            found.add(Finding.warning(
                    "partial",
                    "The surface is partial: " + Words.count(surface.evaluatedPoints()) + " of "
                            + Words.count((long) columns * rows) + " points were computed."));
        } else if (frame.status() == Frame.Status.PARTIAL) {
            found.add(Finding.warning("partial", "The frame is partial: a budget cut it short."));
        }
        if (extent.notFinite > 0) {
            found.add(Finding.warning(
                    "not_finite",
                    "The loss is not finite at " + Words.count(extent.notFinite) + " points of the surface."));
        }
        if (extent.lowest < extent.highest) {
            coarse(surface, extent, columns, rows).ifPresent(found::add);
            shape(frame, extent).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Finding> coarse(SurfaceValues surface, Extent extent, int columns, int rows) {
        String points = columns + " x " + rows + " points";
        if (Math.min(columns, rows) < Thresholds.FEW_POINTS) {
            return Optional.of(Finding.warning(
                    "coarse", "The grid is coarse: " + points + " show little of what lies between them."));
        }
        double error = GridError.of(surface) / (extent.highest - extent.lowest);
        return error < Thresholds.COARSE
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "coarse",
                        "The grid is coarse: between its " + points + " the surface is uncertain by "
                                + Words.percent(error) + " of its range."));
    }

    /**
     * Whether the plane is flat, or lower than at the minimizer; a minimizer that moves on the plane is not its centre.
     */
    private static Optional<Finding> shape(Frame frame, Extent extent) {
        double loss = frame.loss();
        double range = extent.highest - extent.lowest;
        if (!(loss > 0)) {
            return Optional.empty();
        }
        if (extent.notFinite == 0 && range < Thresholds.FLAT * loss) {
            return Optional.of(Finding.note(
                    "flat", "The plane is flat: on it the loss varies by " + Words.percent(range / loss) + " only."));
        }
        boolean isCentred = !frame.quantities().containsKey("trajectory_alpha");
        if (!isCentred || !(extent.lowest < (1 - Thresholds.LOWER_GROUND) * loss)) {
            return Optional.empty();
        }
        return Optional.of(Finding.note(
                "lower_ground",
                "There is lower ground on this plane: the loss is " + Words.percent(1 - extent.lowest / loss)
                        + " less at α " + Words.number(extent.lowestAlpha) + ", β " + Words.number(extent.lowestBeta)
                        + "."));
    }
}
