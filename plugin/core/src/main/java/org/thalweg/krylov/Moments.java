package org.thalweg.krylov;

import java.util.Arrays;

/**
 * Mean of independent samples and its standard error.
 *
 * @param mean arithmetic mean
 * @param standardError sample standard deviation / sqrt(samples)
 */
record Moments(double mean, double standardError) {

    static Moments of(double[] samples) {
        double mean = Arrays.stream(samples).average().orElseThrow();
        double squares =
                Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
        double variance = squares / (samples.length - 1);
        return new Moments(mean, Math.sqrt(variance / samples.length));
    }
}
