package org.thalweg.demo.early;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thalweg.recording.RunReader;

/**
 * The first steps of one training. Immutable.
 *
 * @param title for people: {@code 3.5/lambda_0}
 * @param learningRate the learning rate, after warm-up if there is one
 * @param moments one for each frame, in the order of iterations; the first one is before training
 */
record EarlyCourse(String title, double learningRate, List<EarlyMoment> moments) {

    /** How the loss goes on from the start. */
    enum Phase {
        /** It never exceeds its start: what Lewkowycz et al. call the lazy phase. */
        FALLS("falls at once"),
        /** It exceeds its start, and ends below it: a catapult. */
        SPIKES("rises, then falls"),
        /** It ends above its start or not finite. */
        DIVERGES("diverges");

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        /** In words. */
        String label() {
            return label;
        }
    }

    EarlyCourse {
        moments = List.copyOf(moments);
    }

    /**
     * The course that a run shows.
     *
     * @throws IOException if it cannot be read; the message names the file
     */
    static EarlyCourse of(String title, double learningRate, Path run) throws IOException {
        RunReader reader = RunReader.open(run);
        List<EarlyMoment> moments = new ArrayList<>();
        for (long iteration : reader.iterations()) {
            moments.add(EarlyMoment.of(reader.frame(iteration)));
        }
        return new EarlyCourse(title, learningRate, moments);
    }

    EarlyMoment first() {
        return moments.get(0);
    }

    EarlyMoment last() {
        return moments.get(moments.size() - 1);
    }

    /** One number for every frame, {@code [frames]}. */
    double[] each(ToDoubleFunction<EarlyMoment> number) {
        return moments.stream().mapToDouble(number).toArray();
    }

    /** The largest of a number; NaN where no frame has it, infinite if it once was. */
    double largest(ToDoubleFunction<EarlyMoment> number) {
        return moments.stream()
                .mapToDouble(number)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    Phase phase() {
        double start = first().loss();
        // A comparison with NaN is false.
        if (!(last().loss() < start)) {
            return Phase.DIVERGES;
        }
        return largest(EarlyMoment::loss) > start ? Phase.SPIKES : Phase.FALLS;
    }

    /** lambda_max lr at the end, where 2 is the edge of stability of gradient descent. */
    double stabilityAtEnd() {
        return last().lambdaMax() * learningRate;
    }

    /** lambda_max at the end as a share of that at the start. */
    double sharpnessKept() {
        return last().lambdaMax() / first().lambdaMax();
    }
}
