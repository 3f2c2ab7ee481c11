package org.thalweg.analysis;

import org.thalweg.surface.Axis;

/**
 * How two networks are connected by a curve, and where its loss is computed.
 *
 * @param iterations of the bend's training; 0 leaves the straight line
 * @param batchSize examples of a mini-batch
 * @param learningRate of Adam at the first iteration; it falls to 0 linearly
 * @param seed of places on the curve and of mini-batches
 * @param points places on the straight line and on the curve, from one network to the other
 * @param gridPoints points a side of the plane's surface
 * @since 0.2.0
 */
public record ConnectionOptions(
        int iterations, int batchSize, double learningRate, long seed, int points, int gridPoints) {

    /** 1,000 iterations on batches of 128, 21 places and 25 x 25 points. */
    public static final ConnectionOptions DEFAULT = new ConnectionOptions(1000, 128, 1e-3, 12345, 21, 25);

    /** More take days. */
    private static final int MOST_ITERATIONS = 10_000_000;

    public ConnectionOptions {
        if (iterations < 0 || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("iterations must be 0 to " + MOST_ITERATIONS + ", got " + iterations);
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
        }
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learning rate must be positive and finite, got " + learningRate);
        }
        if (points < 3) {
            throw new IllegalArgumentException(
                    "a barrier is looked for at 3 places at least, since two are the networks themselves, got "
                            + points);
        }
        places(points);
        if (gridPoints < 3) {
            throw new IllegalArgumentException("a plane must have at least 3 points a side, got " + gridPoints);
        }
        places(gridPoints);
    }

    /** The places t on the straight line and on the curve. */
    public Axis places() {
        return places(points);
    }

    private static Axis places(int count) {
        return new Axis(0, 1, count);
    }

    public ConnectionOptions withIterations(int iterations) {
        return new ConnectionOptions(iterations, batchSize, learningRate, seed, points, gridPoints);
    }

    public ConnectionOptions withBatchSize(int batchSize) {
        return new ConnectionOptions(iterations, batchSize, learningRate, seed, points, gridPoints);
    }

    public ConnectionOptions withLearningRate(double learningRate) {
        return new ConnectionOptions(iterations, batchSize, learningRate, seed, points, gridPoints);
    }

    public ConnectionOptions withSeed(long seed) {
        return new ConnectionOptions(iterations, batchSize, learningRate, seed, points, gridPoints);
    }

    public ConnectionOptions withPoints(int points) {
        return new ConnectionOptions(iterations, batchSize, learningRate, seed, points, gridPoints);
    }

    public ConnectionOptions withGridPoints(int gridPoints) {
        return new ConnectionOptions(iterations, batchSize, learningRate, seed, points, gridPoints);
    }
}
