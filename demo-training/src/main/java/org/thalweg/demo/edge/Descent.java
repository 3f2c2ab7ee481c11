package org.thalweg.demo.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/**
 * What became of sharpness, lambda_max of the training loss, as gradient descent went on. Immutable.
 *
 * @param setting what was trained, and how
 * @param samples one a frame, in the order of iterations
 */
record Descent(GradientDescent setting, List<Sample> samples) {

    /** Sharpness is at the edge between these shares of 2/lr. */
    private static final double LOWEST = 0.9;

    private static final double HIGHEST = 1.25;

    /**
     * One frame.
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

    /** A number of every frame, {@code [samples]}. */
    double[] each(ToDoubleFunction<Sample> number) {
        return samples.stream().mapToDouble(number).toArray();
    }

    /**
     * Mean of lambda_max lr / 2 over the last third of the iterations: 1 at the edge of stability. NaN where a frame has
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

    /** Lambda_max lr / 2 before training. */
    double ratioAtFirst() {
        return samples.get(0).sharpness() / setting.threshold();
    }

    /** The largest lambda_max lr / 2. */
    double largestRatio() {
        return peak().sharpness() / setting.threshold();
    }

    /**
     * Whether sharpness began below 2/lr and ended about there, in its mean over the last third. It hovers a little above
     * (Cohen et al. 2021, section 3).
     */
    boolean settlesAtTheEdge() {
        double settled = settledRatio();
        return ratioAtFirst() < LOWEST && settled > LOWEST && settled < HIGHEST;
    }

    /** Where sharpness began, where it was largest and where it ended. */
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
