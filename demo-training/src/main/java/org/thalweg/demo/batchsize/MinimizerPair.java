package org.thalweg.demo.batchsize;

import java.util.Arrays;
import org.thalweg.surface.LossLine;

/**
 * A small and a large batch's minimizer, and the line between them: 0 is the small batch's, 1 the large one's.
 *
 * @param l2 strength of weight decay
 * @param small of small batches
 * @param large of large batches
 * @param weights along the line with the small batch's BatchNorm statistics
 * @param states along the line with the statistics interpolated, too
 */
record MinimizerPair(double l2, Minimizer small, Minimizer large, LossLine weights, LossLine states) {

    /** The least rise that bounds a basin, where there is hardly a barrier. */
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
     * How far the loss may rise in a basin: to halfway between the higher of both minimizers and the barrier between them,
     * so that there are two basins.
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
