package org.thalweg.demo.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/**
 * Sharpness, lambda_max of the training loss, over the course of gradient descent. Immutable.
 *
 * @param setting the network and how it is trained
 * @param samples one for each frame, in the order of iterations
 */
record Descent(GradientDescent setting, List<Sample> samples) {

    /** Sharpness counts as at the edge between these multiples of 2/lr. */
    private static final double LOWEST = 0.9;

    private static final double HIGHEST = 1.25;

    /**
     * A sample of one frame.
     *
     * @param iteration completed updates
     * @param loss training loss
     * @param sharpness lambda_max; NaN where the frame has none
     */
    record Sample(long iteration, double loss, double sharpness) {

        static Sample of(Frame frame) {
            double sharpness =
                    frame.curvature().lambdaMax().map(Eigenvalue::value).orElse(Double.NaN);
            return new Sample(frame.iteration(), frame.loss(), sharpness);
        }
    }

    Descent {
        samples = List.copyOf(samples);
    }

    /** One number for every sample, {@code [samples]}. */
    double[] each(ToDoubleFunction<Sample> number) {
        return samples.stream().mapToDouble(number).toArray();
    }

    /**
     * Mean of lambda_max lr / 2 over the last third of the iterations: 1 at the edge of stability. NaN if a frame has
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

    /** lambda_max lr / 2 before training. */
    double ratioAtFirst() {
        return samples.get(0).sharpness() / setting.threshold();
    }

    /** The largest lambda_max lr / 2. */
    double largestRatio() {
        return peak().sharpness() / setting.threshold();
    }

    /**
     * Whether sharpness started below 2/lr and its mean over the last third is about 2/lr. It hovers slightly above
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
                "sharpness %.3g, at most %.3g at iteration %d, %.3g at the end (2/lr = %.3g); loss %.3g to %.3g",
                first.sharpness(),
                peak.sharpness(),
                peak.iteration(),
                last.sharpness(),
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
