package org.thalweg.demo.data;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Synthetic control charts, as a process would draw them that runs normally or goes wrong in one of five ways. A chart depends on
 * the seed and its number alone.
 *
 * <p>The formulas and their ranges are those of D. Pham and A. Chan, "Control chart pattern recognition using a new type of
 * self-organizing neural network" (Proc. Inst. Mech. Eng. 212, 1998), by which R. Alcock and Y. Manolopoulos drew the data set of
 * that name (1999): a mean of 30, a deviation of 2, and 60 steps.
 *
 * <p>Thread-safe.
 */
public final class ControlCharts {

    /** Steps of a chart. */
    public static final int STEPS = 60;

    private static final double MEAN = 30;
    private static final double DEVIATION = 2;
    /** Noise is uniform in this range times the deviation. */
    private static final double NOISE = 3;
    /** Networks see charts about the mean in units of this, which brings them to the order of 1. */
    private static final double UNIT = 10;

    /** What a chart shows: its class. */
    public enum Pattern {
        /** Noise about the mean. */
        NORMAL,
        /** A wave of amplitude and period from 10 to 15. */
        CYCLIC,
        /** A slope from 0.2 to 0.5 a step. */
        INCREASING,
        /** The same downwards. */
        DECREASING,
        /** A step of 7.5 to 20 within the second third. */
        UPWARD_SHIFT,
        /** The same downwards. */
        DOWNWARD_SHIFT
    }

    private final long seed;

    /**
     * @param seed seed of everything drawn
     */
    public ControlCharts(long seed) {
        this.seed = seed;
    }

    /**
     * Draws charts.
     *
     * @param first number of the first chart
     * @param count how many
     * @return features {@code [1, 60]} about the mean in tens, and one label of six each
     */
    public LabelledSequences draw(int first, int count) {
        int classes = Pattern.values().length;
        float[] features = new float[count * STEPS];
        float[] labels = new float[count * classes];
        IntStream.range(0, count).parallel().forEach(i -> {
            UniformRandomProvider random = RandomStreams.of(seed, first + i);
            int label = random.nextInt(classes);
            double[] chart = chart(Pattern.values()[label], random);
            for (int t = 0; t < STEPS; t++) {
                features[i * STEPS + t] = (float) ((chart[t] - MEAN) / UNIT);
            }
            labels[i * classes + label] = 1;
        });
        return new LabelledSequences(
                features,
                new long[] {1, STEPS},
                labels,
                new long[] {classes},
                "control charts drawn with seed " + seed);
    }

    /** A chart of some pattern, {@code [60]}. */
    static double[] chart(Pattern pattern, UniformRandomProvider random) {
        double amplitude = random.nextDouble(10, 15);
        double period = random.nextDouble(10, 15);
        double slope = random.nextDouble(0.2, 0.5);
        double shift = random.nextDouble(7.5, 20);
        double begin = random.nextDouble(STEPS / 3.0, 2 * STEPS / 3.0);
        double[] chart = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            double trend = switch (pattern) {
                case NORMAL -> 0;
                // StrictMath gives the same charts on every machine.
                case CYCLIC -> amplitude * StrictMath.sin(2 * Math.PI * t / period);
                case INCREASING -> slope * t;
                case DECREASING -> -slope * t;
                case UPWARD_SHIFT -> t < begin ? 0 : shift;
                case DOWNWARD_SHIFT -> t < begin ? 0 : -shift;
            };
            chart[t] = MEAN + DEVIATION * random.nextDouble(-NOISE, NOISE) + trend;
        }
        return chart;
    }
}
