package org.thalweg.topology;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues;

/**
 * The rise of a frame's plane next to that of random planes: how typical the picture is. Immutable.
 *
 * @param planes number of random planes
 * @param drawn mean rise of the loss on the frame's plane
 * @param mean of the random planes' rises
 * @param deviation standard deviation of the random planes' rises
 * @param rank share of the random planes that rise less, 0 to 1
 * @since 0.2.0
 */
public record PlaneComparison(int planes, double drawn, double mean, double deviation, double rank) {

    /** The name of the estimates. */
    public static final String OPERATOR = "planes";

    /** The name of the estimate of the mean rise. */
    public static final String RISE = "rise";

    /** Planes in one tail: with fewer than 40, none may rise less, or none more. */
    private static final double TAIL = 0.025;

    /** Of twenty planes that are all random, more than one has another outside of two standard deviations. */
    private static final double DEVIATIONS = 3;

    private static final int FEW = 10;

    /** The comparison of a frame; empty if it has none. */
    public static Optional<PlaneComparison> of(CurvatureValues curvature) {
        return curvature.estimates().stream()
                .filter(estimate -> estimate.operator().equals(OPERATOR)
                        && estimate.estimator().equals(RISE))
                .findFirst()
                .map(estimate -> estimate.values().numbers())
                .filter(numbers ->
                        numbers.keySet().containsAll(List.of("planes", "drawn", "mean", "standard_deviation", "rank")))
                .map(PlaneComparison::from);
    }

    private static PlaneComparison from(Map<String, Double> numbers) {
        return new PlaneComparison(
                numbers.getOrDefault("planes", 0.0).intValue(),
                numbers.getOrDefault("drawn", Double.NaN),
                numbers.getOrDefault("mean", Double.NaN),
                numbers.getOrDefault("standard_deviation", Double.NaN),
                numbers.getOrDefault("rank", Double.NaN));
    }

    /**
     * Whether the plane is unlike the others: outside of nearly all of them, and by more than three standard deviations. Never with fewer
     * than ten random planes.
     */
    public boolean isUntypical() {
        boolean isOutside = rank <= TAIL || rank >= 1 - TAIL;
        return planes >= FEW && isOutside && Math.abs(drawn - mean) > DEVIATIONS * deviation;
    }

    /** The comparison in words, such as {@code rises 0.52, and 0.48 ± 0.1 s.d. on 20 random planes (62 % rise less)}. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "rises %.3g, and %.3g \u00b1 %.2g s.d. on %d random planes (%.0f %% rise less)",
                drawn,
                mean,
                deviation,
                planes,
                100 * rank);
    }
}
