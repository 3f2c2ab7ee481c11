package org.thalweg.video.internal.scene;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;
import org.thalweg.frame.PlaneModel;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.internal.scene.MinimizerPath.Place;

/**
 * The numbers of a recorded frame, without its surface. Immutable.
 *
 * @param warning the most severe of the frame's findings, if it is more than a note
 * @param model the quadratic model of the training loss on the plane
 * @param radius distance at which the model is 10 % wrong, if it lies on the surface
 * @param average averaged weights
 * @param columns of the surface's grid
 * @param rows of the surface's grid
 * @param evaluated number of its points that were computed
 * @param interpolated how far the other points may be off, as a share of the range; empty if they are missing, or there
 *     are none
 * @param place of the minimizer on the frame's plane: (0, 0) unless the run has one fixed plane
 */
public record FrameNumbers(
        long iteration,
        int epoch,
        Frame.Status status,
        double loss,
        OptionalDouble accuracy,
        OptionalDouble validationLoss,
        OptionalDouble validationAccuracy,
        CurvatureValues curvature,
        Place place,
        Optional<String> warning,
        Optional<PlaneModel> model,
        OptionalDouble radius,
        Optional<Average> average,
        int columns,
        int rows,
        int evaluated,
        OptionalDouble interpolated) {

    /**
     * Averaged weights.
     *
     * @param place their projection onto the plane
     * @param loss on the training probe
     * @param validationLoss on the validation probe; NaN without one
     */
    record Average(Place place, double loss, double validationLoss) {

        /** Those of a frame; empty if they are not known, or of one frame, which is the minimizer. */
        private static Optional<Average> of(Map<String, Double> quantities) {
            Double alpha = quantities.get("averaged_alpha");
            Double beta = quantities.get("averaged_beta");
            Double loss = quantities.get("averaged_loss");
            return alpha == null
                            || beta == null
                            || loss == null
                            || !(quantities.getOrDefault("averaged_frames", 0.0) > 1)
                    ? Optional.empty()
                    : Optional.of(new Average(
                            new Place(alpha, beta),
                            loss,
                            quantities.getOrDefault("averaged_validation_loss", Double.NaN)));
        }

        /** Their value of a quantity; NaN without one. */
        double at(SurfaceQuantity quantity) {
            return switch (quantity) {
                case LOSS -> loss;
                case VALIDATION_LOSS -> validationLoss;
                case ACCURACY, VALIDATION_ACCURACY, CONVEXITY -> Double.NaN;
            };
        }
    }

    /** The numbers at a fraction of the way to the next frame: logarithmic in positive losses, linear in the others. */
    FrameNumbers towards(FrameNumbers next, double share) {
        return new FrameNumbers(
                Math.round(iteration + share * (next.iteration - iteration)),
                epoch,
                status,
                between(loss, next.loss, share),
                between(accuracy, next.accuracy, share, false),
                between(validationLoss, next.validationLoss, share, true),
                between(validationAccuracy, next.validationAccuracy, share, false),
                curvature,
                place.towards(next.place, share),
                warning,
                model,
                radius,
                average,
                columns,
                rows,
                evaluated,
                interpolated);
    }

    private static OptionalDouble between(OptionalDouble from, OptionalDouble to, double share, boolean isLoss) {
        if (from.isEmpty() || to.isEmpty()) {
            return from;
        }
        double a = from.getAsDouble();
        double b = to.getAsDouble();
        return OptionalDouble.of(isLoss ? between(a, b, share) : a + share * (b - a));
    }

    private static double between(double from, double to, double share) {
        return from > 0 && to > 0 ? from * Math.pow(to / from, share) : from + share * (to - from);
    }

    /** The value of a quantity at the minimizer; NaN without one. */
    double at(SurfaceQuantity quantity) {
        return switch (quantity) {
            case LOSS, CONVEXITY -> loss;
            case ACCURACY -> accuracy.orElse(Double.NaN);
            case VALIDATION_LOSS -> validationLoss.orElse(Double.NaN);
            case VALIDATION_ACCURACY -> validationAccuracy.orElse(Double.NaN);
        };
    }

    /** A description of the computed points of the surface. */
    String points() {
        String grid = columns + " x " + rows;
        return evaluated == columns * rows ? grid : evaluated + " of " + grid;
    }

    /** The error of interpolated points, in words. */
    Optional<String> error() {
        return interpolated.isPresent()
                ? Optional.of(Ticks.label(100 * interpolated.getAsDouble(), 2) + " %")
                : Optional.empty();
    }

    /** @param quantity the one that is drawn */
    static FrameNumbers of(Frame frame, SurfaceQuantity quantity) {
        Double radius = frame.quantities().get("quadratic_radius");
        return new FrameNumbers(
                frame.iteration(),
                frame.epoch(),
                frame.status(),
                frame.loss(),
                frame.accuracy(),
                frame.validationLoss(),
                frame.validationAccuracy(),
                frame.curvature(),
                new Place(
                        frame.quantities().getOrDefault("trajectory_alpha", 0.0),
                        frame.quantities().getOrDefault("trajectory_beta", 0.0)),
                frame.findings().stream()
                        .filter(finding -> finding.severity() != Severity.NOTE)
                        .map(Finding::words)
                        .findFirst(),
                PlaneModel.of(frame),
                radius == null ? OptionalDouble.empty() : OptionalDouble.of(radius),
                Average.of(frame.quantities()),
                frame.surface().alpha().length,
                frame.surface().beta().length,
                frame.surface().evaluatedPoints(),
                frame.surface()
                        .interpolation()
                        .map(points -> error(points, quantity))
                        .orElse(OptionalDouble.empty()));
    }

    private static OptionalDouble error(SurfaceInterpolation points, SurfaceQuantity quantity) {
        return switch (quantity) {
            case LOSS -> OptionalDouble.of(points.loss());
            case ACCURACY -> points.accuracy();
            case VALIDATION_LOSS -> points.validationLoss();
            case VALIDATION_ACCURACY -> points.validationAccuracy();
            case CONVEXITY -> OptionalDouble.empty();
        };
    }
}
