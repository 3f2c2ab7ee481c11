package org.thalweg.demo.generalization;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.demo.statistics.GranulatedKendall;
import org.thalweg.demo.statistics.RankCorrelation;

/**
 * How one measure ranks networks.
 *
 * @param measure the measure
 * @param errorGap Spearman correlation with the gap in error
 * @param lossGap Spearman correlation with the gap in loss
 * @param granulated Kendall correlation with the gap in loss for each of {@link Setting#HYPERPARAMETERS}, all others equal
 * @param withHyperparameters Spearman correlation with each of {@link Setting#HYPERPARAMETERS} but the seed
 */
record Correlations(
        Measure measure,
        RankCorrelation errorGap,
        RankCorrelation lossGap,
        List<Double> granulated,
        List<RankCorrelation> withHyperparameters) {

    /** The last hyperparameter, the seed, has no order. */
    private static final int ORDERED = Setting.HYPERPARAMETERS.size() - 1;

    Correlations {
        granulated = List.copyOf(granulated);
        withHyperparameters = List.copyOf(withHyperparameters);
    }

    /**
     * The correlations of one measure.
     *
     * @param networks at least two
     * @param seed seed of the bootstrap; the same for all measures, so that they share resamples
     */
    static Correlations of(Measure measure, List<Trained> networks, long seed) {
        double[] values = each(networks, network -> measure.of(network.frame()));
        double[] lossGaps = each(networks, Trained::lossGap);
        List<List<Number>> settings =
                networks.stream().map(network -> network.setting().values()).toList();
        return new Correlations(
                measure,
                spearman(values, each(networks, Trained::errorGap), seed),
                spearman(values, lossGaps, seed),
                IntStream.range(0, Setting.HYPERPARAMETERS.size())
                        .mapToObj(varied -> GranulatedKendall.of(settings, varied, values, lossGaps))
                        .toList(),
                IntStream.range(0, ORDERED)
                        .mapToObj(index -> spearman(
                                values,
                                settings.stream()
                                        .mapToDouble(of -> of.get(index).doubleValue())
                                        .toArray(),
                                seed))
                        .toList());
    }

    private static RankCorrelation spearman(double[] x, double[] y, long seed) {
        return RankCorrelation.spearman(x, y, RankCorrelation.RESAMPLES, seed);
    }

    /** How much more a measure is correlated with the gap in loss than another one. */
    static RankCorrelation advantage(Measure measure, Measure over, List<Trained> networks, long seed) {
        return RankCorrelation.difference(
                each(networks, network -> measure.of(network.frame())),
                each(networks, network -> over.of(network.frame())),
                each(networks, Trained::lossGap),
                RankCorrelation.RESAMPLES,
                seed);
    }

    private static double[] each(List<Trained> networks, ToDoubleFunction<Trained> number) {
        return networks.stream().mapToDouble(number).toArray();
    }

    /** The mean of the granulated coefficients over batch size, learning rate and decay: Psi of Jiang et al. */
    double meanGranulated() {
        return granulated.subList(0, ORDERED).stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** The hyperparameter that it is most correlated with. */
    int closestHyperparameter() {
        return IntStream.range(0, ORDERED)
                .boxed()
                .max((a, b) -> Double.compare(strength(a), strength(b)))
                .orElseThrow();
    }

    private double strength(int hyperparameter) {
        double value = Math.abs(withHyperparameters.get(hyperparameter).value());
        return Double.isNaN(value) ? 0 : value;
    }

    /** What both gaps say, in a word. */
    String verdict() {
        if (errorGap.isPositive() && lossGap.isPositive()) {
            return "tells";
        }
        if (errorGap.isNegative() && lossGap.isNegative()) {
            return "tells the opposite";
        }
        if (errorGap.isPositive() || lossGap.isPositive()) {
            return errorGap.isPositive() ? "tells the error alone" : "tells the loss alone";
        }
        return errorGap.isNegative() || lossGap.isNegative() ? "opposite in one gap" : "does not tell";
    }
}
