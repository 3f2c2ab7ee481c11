package org.thalweg.demo.batchsize;

import java.util.Arrays;
import org.thalweg.surface.LossLine;

/**
 * The minimizers of a small and a large batch size and the line between them: 0 is the small batch's, 1 the large
 * batch's.
 *
 * @param l2 strength of weight decay
 * @param small minimizer of small batches
 * @param large minimizer of large batches
 * @param weights loss along the line with the small batch's BatchNorm statistics
 * @param states loss along the line with interpolated statistics
 */
record MinimizerPair(double l2, Minimizer small, Minimizer large, LossLine weights, LossLine states) {

    /** The smallest rise that bounds a basin, for lines with hardly any barrier. */
    private static final double LEAST_HEIGHT = 0.01;

    /** Width of the small batch's basin on the line. */
    double smallWidth() {
        return Minimizer.width(states, 0, height());
    }

    /** Width of the large batch's basin on the line. */
    double largeWidth() {
        return Minimizer.width(states, 1, height());
    }

    /**
     * Largest rise of the loss within a basin: halfway from the higher minimizer to the barrier between them, so that
     * there are two basins.
     */
    double height() {
        double[] coordinates = states.axis().coordinates();
        double[] loss = states.loss();
        int from = Arrays.binarySearch(coordinates, 0);
        int to = Arrays.binarySearch(coordinates, 1);
        double barrier = Arrays.stream(loss, from, to + 1).max().orElseThrow();
        return Math.max(LEAST_HEIGHT, (barrier - Math.max(loss[from], loss[to])) / 2);
    }

    /** Loss at the large batch's end of a line. */
    static double atLarge(LossLine line) {
        return line.loss()[Arrays.binarySearch(line.axis().coordinates(), 1)];
    }

    /** For people. */
    String title() {
        return l2 == 0 ? "No weight decay" : "Weight decay";
    }
}
