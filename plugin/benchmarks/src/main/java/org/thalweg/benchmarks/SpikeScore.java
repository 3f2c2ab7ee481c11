package org.thalweg.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How well a signal foretells loss spikes.
 *
 * @param iterations how many were watched
 * @param spikes times that the loss rose above {@value #RISE} times its lowest in the {@value #SPAN} iterations before, at least so many
 *     iterations after it was last that high: a spike and its ringing are one
 * @param foretold spikes with a warning in the {@value #SPAN} iterations before
 * @param warnings times that the signal rose above 1, likewise
 * @param falseAlarms warnings without a loss that high in the {@value #SPAN} iterations after
 * @param covered iterations with one in the {@value #SPAN} iterations after: how often a random warning would be right
 * @param leads iterations from the first such warning to each spike that was foretold
 */
record SpikeScore(
        int iterations, int spikes, int foretold, int warnings, int falseAlarms, int covered, List<Integer> leads) {

    static final SpikeScore NOTHING = new SpikeScore(0, 0, 0, 0, 0, 0, List.of());

    private static final double RISE = 1.5;
    private static final int SPAN = 20;

    /** Iterations at the start that do not count. */
    private static final int START = 50;

    /**
     * A run.
     *
     * @param losses of all iterations
     * @param values of the signal; NaN where there is none
     */
    static SpikeScore of(double[] losses, double[] values) {
        int n = losses.length;
        boolean[] high = new boolean[n];
        boolean[] warned = new boolean[n];
        for (int t = START; t < n; t++) {
            double lowest = Arrays.stream(losses, t - SPAN, t).min().orElseThrow();
            high[t] = !(losses[t] <= RISE * lowest);
            warned[t] = values[t] > 1;
        }
        List<Integer> spikes = onsets(high);
        List<Integer> warnings = onsets(warned);
        List<Integer> leads = new ArrayList<>();
        for (int spike : spikes) {
            warnings.stream()
                    .filter(warning -> warning >= spike - SPAN && warning <= spike)
                    .findFirst()
                    .ifPresent(warning -> leads.add(spike - warning));
        }
        int falseAlarms =
                (int) warnings.stream().filter(warning -> !soon(high, warning)).count();
        int covered = (int) IntStream.range(START, n).filter(t -> soon(high, t)).count();
        return new SpikeScore(n - START, spikes.size(), leads.size(), warnings.size(), falseAlarms, covered, leads);
    }

    /** Where something begins that was not so in the {@value #SPAN} iterations before. */
    private static List<Integer> onsets(boolean[] so) {
        List<Integer> found = new ArrayList<>();
        int last = Integer.MIN_VALUE / 2;
        for (int t = 0; t < so.length; t++) {
            if (so[t]) {
                if (t - last > SPAN) {
                    found.add(t);
                }
                last = t;
            }
        }
        return found;
    }

    private static boolean soon(boolean[] high, int t) {
        return IntStream.rangeClosed(t, Math.min(high.length - 1, t + SPAN)).anyMatch(i -> high[i]);
    }

    SpikeScore plus(SpikeScore other) {
        List<Integer> all = new ArrayList<>(leads);
        all.addAll(other.leads);
        return new SpikeScore(
                iterations + other.iterations,
                spikes + other.spikes,
                foretold + other.foretold,
                warnings + other.warnings,
                falseAlarms + other.falseAlarms,
                covered + other.covered,
                all);
    }

    /** Spikes, foretold, warnings, false alarms, the chance of a random warning, and the median lead. */
    String cells() {
        int[] sorted = leads.stream().mapToInt(Integer::intValue).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%d | %d | %d | %d | %.0f %% | %s",
                spikes,
                foretold,
                warnings,
                falseAlarms,
                100.0 * covered / iterations,
                sorted.length == 0 ? "" : sorted[sorted.length / 2]);
    }
}
