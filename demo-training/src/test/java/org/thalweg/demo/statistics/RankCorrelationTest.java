package org.thalweg.demo.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Against SciPy. */
class RankCorrelationTest {

    private static final int OURS = 20_000;
    private static final int THEIRS = 2_000;

    private final long seed = Seeds.fresh("RankCorrelationTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    /**
     * The ends lie between SciPy's quantiles that are five standard errors of both bootstraps away: an empirical quantile's
     * level has the variance p (1 - p) / B.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithSciPy(boolean ties) {
        int n = 24;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = ties ? random.nextInt(6) : random.nextDouble();
            y[i] = ties ? random.nextInt(4) + x[i] / 8 : random.nextDouble() + x[i];
        }
        double margin = 5 * Math.sqrt(0.025 * 0.975 * (1.0 / OURS + 1.0 / THEIRS));
        double[] levels = {0.025 - margin, 0.025 + margin, 0.975 - margin, 0.975 + margin};

        RankCorrelation ours = RankCorrelation.spearman(x, y, OURS, seed);

        List<Double> theirs = Stream.of(Peers.python(
                                "/org/thalweg/demo/statistics/rank_correlation.py",
                                List.of("numpy", "scipy"),
                                text(x),
                                text(y),
                                text(levels),
                                THEIRS,
                                seed)
                        .strip()
                        .split(" "))
                .map(Double::valueOf)
                .toList();
        assertThat(ours.value()).as("seed %d", seed).isCloseTo(theirs.get(0), within(1e-12));
        assertThat(ours.low()).as("seed %d", seed).isBetween(theirs.get(2), theirs.get(3));
        assertThat(ours.high()).as("seed %d", seed).isBetween(theirs.get(4), theirs.get(5));
        assertThat(ours.pairs()).isEqualTo(n);
        if (!ties) {
            assertThat(GranulatedKendall.kendall(x, y)).as("seed %d", seed).isCloseTo(theirs.get(1), within(1e-12));
        }
    }

    private static String text(double... values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    /**
     * Normal pairs with the correlation 0.5 have Spearman's coefficient 6/pi asin(1/4) (W. Kruskal, 1958, section 6). Of 300
     * intervals that contain it in 95 % of all samples, 0.0126 is the standard error of the share.
     */
    @Test
    void intervalsContainTheCoefficientOfThePopulation() {
        Random normal = new Random(seed);
        double coefficient = 6 / Math.PI * Math.asin(0.25);
        int samples = 300;
        int contained = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[] x = new double[24];
            double[] y = new double[24];
            for (int i = 0; i < x.length; i++) {
                x[i] = normal.nextGaussian();
                y[i] = x[i] / 2 + Math.sqrt(0.75) * normal.nextGaussian();
            }
            RankCorrelation found = RankCorrelation.spearman(x, y, 400, seed + sample);
            contained += found.low() <= coefficient && coefficient <= found.high() ? 1 : 0;
        }
        assertThat((double) contained / samples).as("seed %d", seed).isGreaterThan(0.95 - 5 * 0.0126);
    }

    @Test
    void dependsOnRanksAlone() {
        double[] x = random.doubles(10).toArray();
        double[] cubes = Arrays.stream(x).map(value -> value * value * value).toArray();
        double[] opposite = Arrays.stream(x).map(value -> -value).toArray();

        RankCorrelation same = RankCorrelation.spearman(x, cubes, 200, seed);
        RankCorrelation reversed = RankCorrelation.spearman(x, opposite, 200, seed);

        assertThat(same.value()).as("seed %d", seed).isCloseTo(1, within(1e-12));
        assertThat(same.isPositive()).as("seed %d", seed).isTrue();
        assertThat(same.toString()).isEqualTo("+1.00 [+1.00, +1.00]");
        assertThat(reversed.high()).as("seed %d", seed).isCloseTo(-1, within(1e-12));
        assertThat(reversed.isNegative()).isTrue();
        assertThat(RankCorrelation.spearman(x, cubes, 200, seed)).isEqualTo(same);
    }

    /** A variable has no advantage over itself, and the whole of +1 - -1 over its opposite. */
    @Test
    void differencesShareTheirResamples() {
        double[] x = random.doubles(12).toArray();
        double[] y = random.doubles(12).toArray();
        double[] opposite = Arrays.stream(x).map(value -> -value).toArray();

        RankCorrelation none = RankCorrelation.difference(x, x, y, 200, seed);
        RankCorrelation twice = RankCorrelation.difference(x, opposite, y, 200, seed);
        RankCorrelation once = RankCorrelation.spearman(x, y, 200, seed);

        assertThat(none).isEqualTo(new RankCorrelation(0, 0, 0, 12));
        assertThat(twice.value()).as("seed %d", seed).isCloseTo(2 * once.value(), within(1e-12));
        assertThat(twice.low()).as("seed %d", seed).isCloseTo(2 * once.low(), within(1e-12));
        assertThat(twice.high()).as("seed %d", seed).isCloseTo(2 * once.high(), within(1e-12));
    }

    @Test
    void aConstantHasNoCorrelation() {
        RankCorrelation none = RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {4, 4, 4}, 50, seed);
        assertThat(none.value()).isNaN();
        assertThat(none.isPositive() || none.isNegative()).isFalse();
        assertThat(RankCorrelation.spearman(new double[] {1}, new double[] {2}, 50, seed)
                        .value())
                .isNaN();
    }

    @Test
    void refusesWhatHasNoOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankCorrelation.spearman(new double[] {1, Double.NaN}, new double[] {1, 2}, 50, seed))
                .withMessage("a correlation needs finite values, got NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankCorrelation.spearman(new double[] {1}, new double[] {1, 2}, 50, seed))
                .withMessage("a correlation needs as many values of both variables, got 1 and 2");
    }

    /** The measure follows the first hyperparameter, the gap the second, and both the third. */
    @Test
    void granulatedCoefficientsComeFromOneHyperparameterAlone() {
        List<List<Integer>> settings = List.of(
                List.of(0, 0, 0),
                List.of(0, 0, 1),
                List.of(0, 1, 0),
                List.of(0, 1, 1),
                List.of(1, 0, 0),
                List.of(1, 0, 1),
                List.of(1, 1, 0),
                List.of(1, 1, 1));
        double[] measure =
                settings.stream().mapToDouble(s -> 4 * s.get(0) + s.get(2)).toArray();
        double[] gap =
                settings.stream().mapToDouble(s -> 2 * s.get(1) + s.get(2)).toArray();

        assertThat(GranulatedKendall.of(settings, 0, measure, gap)).isEqualTo(0);
        assertThat(GranulatedKendall.of(settings, 1, measure, gap)).isEqualTo(0);
        assertThat(GranulatedKendall.of(settings, 2, measure, gap)).isEqualTo(1);
        // Each of the four settings of the others has two values of the first hyperparameter.
        assertThat(GranulatedKendall.of(settings, 0, measure, new double[] {0, 0, 0, 0, 1, 1, 1, -1}))
                .isEqualTo(0.5);
        assertThat(GranulatedKendall.of(settings.subList(0, 1), 0, new double[] {1}, new double[] {1}))
                .isNaN();
    }

    /** Two pairs in the same order, three in the opposite one, and one tied. */
    @Test
    void kendallCountsTiesAsNeither() {
        assertThat(GranulatedKendall.kendall(new double[] {1, 2, 3, 3}, new double[] {2, 1, 4, 0}))
                .isCloseTo((2 - 3) / 6.0, within(1e-12));
    }
}
