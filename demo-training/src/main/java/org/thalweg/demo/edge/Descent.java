package org.thalweg.demo.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Sharpness, lambda_max of the training loss, over the course of gradient descent. Immutable.
 *
 * @param setting the network and how it is trained
 * @param samples one for each frame, in the order of iterations
 */
record Descent(GradientDescent setting, List<Sample> samples) {

    /** Sharpness counts as at the edge between these multiples of the threshold. */
    private static final double LOWEST = 0.9;

    private static final double HIGHEST = 1.25;

    /**
     * A sample of one frame.
     *
     * @param iteration completed updates
     * @param loss training loss
     * @param sharpness lambda_max, under Adam of the preconditioned Hessian; NaN where the frame has none
     */
    record Sample(long iteration, double loss, double sharpness) {}

    Descent {
        samples = List.copyOf(samples);
    }

    /** One number for every sample, {@code [samples]}. */
    double[] each(ToDoubleFunction<Sample> number) {
        return samples.stream().mapToDouble(number).toArray();
    }

    /**
     * Mean sharpness over the last third of the iterations, in thresholds: 1 at the edge of stability. NaN if a frame has
     * no eigenvalue.
     */
    double settledRatio() {
        double settled = samples.stream()
                .filter(sample -> 3 * sample.iteration() >= 2L * setting.iterations())
                .mapToDouble(Sample::sharpness)
                .average()
                .orElse(Double.NaN);
        return settled / setting.threshold();
    }

    /** Sharpness at the first sample, in thresholds. */
    double ratioAtFirst() {
        return samples.get(0).sharpness() / setting.threshold();
    }

    /** The largest sharpness, in thresholds. */
    double largestRatio() {
        return peak().sharpness() / setting.threshold();
    }

    /**
     * Whether sharpness started below the threshold and its mean over the last third is about there. It hovers slightly above
     * (Cohen et al. 2021, section 3).
     */
    boolean settlesAtTheEdge() {
        double settled = settledRatio();
        return ratioAtFirst() < LOWEST && settled > LOWEST && settled < HIGHEST;
    }

    /** Sharpness at the start, at its maximum and at the end. */
    String course() {
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        Sample peak = peak();
        return String.format(
                Locale.ROOT,
                "sharpness %.3g, at most %.3g at iteration %d, %.3g at the end (%s = %.3g); loss %.3g to %.3g",
                first.sharpness(),
                peak.sharpness(),
                peak.iteration(),
                last.sharpness(),
                setting.updater().label(),
                setting.threshold(),
                first.loss(),
                last.loss());
    }

    private Sample peak() {
        return samples.stream()
                .max(Comparator.comparingDouble(Sample::sharpness))
                .orElseThrow();
    }
}
