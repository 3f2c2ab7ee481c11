package org.thalweg.finding;

import java.util.Optional;

/**
 * The course of a positive number over frames, and whether it leaves it: a cumulative sum (CUSUM; E. S. Page, "Continuous
 * inspection schemes", Biometrika 41, 1954) of the errors of one-step forecasts of its logarithm by double exponential smoothing
 * (C. C. Holt, 1957), in units of their usual size. Immutable: {@link #next} gives the state after another frame.
 *
 * @param frames number of values so far
 * @param level smoothed logarithm
 * @param trend smoothed change of the logarithm from frame to frame
 * @param size mean absolute error of forecasts
 * @param up sum of errors upwards beyond {@value #SLACK} each, never below 0
 * @param down the same downwards
 * @param rise where an unfinished rise began
 * @param fall where an unfinished fall began
 * @param left the departure that this frame completed
 */
record Course(
        int frames,
        double level,
        double trend,
        double size,
        double up,
        double down,
        Mark rise,
        Mark fall,
        Optional<Departure> left) {

    /** Share of a forecast's error that moves the level, and of that the share that moves the trend. */
    private static final double LEVEL = 0.5;

    private static final double TREND = 0.1;
    private static final double MEMORY = 0.1;

    /** Standard deviation of a normal variable over its mean absolute value. */
    private static final double NORMAL = Math.sqrt(Math.PI / 2);

    /** No forecast is taken to be better than that. */
    private static final double LEAST = 0.01;

    private static final double SLACK = 0.5;

    /** Errors count up to so many times their usual size, so that a single frame raises no alarm. */
    private static final double MOST = 4;

    /**
     * Larger sums are a departure. On independent errors fewer than one frame in a million has one, on a random walk one in a
     * thousand, before {@link Thresholds#DEPARTURE} is asked for.
     */
    private static final double LIMIT = 8;

    /** Frames from which the errors' usual size is learnt. */
    private static final int LEARNING = 10;

    /** The value of a frame. */
    record Mark(long iteration, double value) {}

    /**
     * A departure from the course.
     *
     * @param from the last value on the course
     * @param to the value that completed the departure
     */
    record Departure(Mark from, Mark to) {}

    /** A course that begins with a positive value. */
    static Course from(long iteration, double value) {
        Mark here = new Mark(iteration, value);
        return new Course(1, Math.log(value), 0, 0, 0, 0, here, here, Optional.empty());
    }

    /**
     * The course with another positive value.
     *
     * @param error standard error of its logarithm
     */
    Course next(long iteration, double value, double error) {
        Mark here = new Mark(iteration, value);
        double miss = Math.log(value) - level - trend;
        if (frames <= LEARNING) {
            double learnt = size + (Math.abs(miss) - size) / frames;
            return moved(miss, learnt, 0, 0, here, here);
        }
        double deviation = Math.hypot(Math.max(LEAST, NORMAL * size), error);
        double counted = Math.max(-MOST, Math.min(MOST, miss / deviation));
        double higher = Math.max(0, up + counted - SLACK);
        double lower = Math.max(0, down - counted - SLACK);
        double usual = size + MEMORY * (Math.min(Math.abs(miss), MOST * deviation) - size);
        Mark began = higher > lower ? rise : fall;
        if (Math.max(higher, lower) <= LIMIT) {
            return moved(counted * deviation, usual, higher, lower, higher > 0 ? rise : here, lower > 0 ? fall : here);
        }
        boolean far = Math.abs(Math.log(value / began.value)) >= Math.log(Thresholds.DEPARTURE);
        Optional<Departure> departure = far ? Optional.of(new Departure(began, here)) : Optional.empty();
        return new Course(frames + 1, Math.log(value), 0, usual, 0, 0, here, here, departure);
    }

    /** The course at a frame without a value. */
    Course resting() {
        return left.isEmpty() ? this : new Course(frames, level, trend, size, up, down, rise, fall, Optional.empty());
    }

    private Course moved(double miss, double usual, double higher, double lower, Mark rise, Mark fall) {
        return new Course(
                frames + 1,
                level + trend + LEVEL * miss,
                trend + LEVEL * TREND * miss,
                usual,
                higher,
                lower,
                rise,
                fall,
                Optional.empty());
    }
}
