package org.thalweg.demo.batchsize;

import java.util.Arrays;
import org.thalweg.frame.Frame;
import org.thalweg.surface.Flatness;
import org.thalweg.surface.LossLine;

/**
 * The minimizer that one batch size led to.
 *
 * @param name name of its run
 * @param frame its frame
 * @param curve loss along a filter-normalized direction
 */
record Minimizer(String name, Frame frame, LossLine curve) {

    /**
     * Mean rise of the loss at a distance on both sides along the filter-normalized direction.
     *
     * @param distance a point of the curve
     */
    double rise(double distance) {
        double[] coordinates = curve.axis().coordinates();
        double[] loss = curve.loss();
        int right = Arrays.binarySearch(coordinates, distance);
        int left = coordinates.length - 1 - right;
        return (loss[left] + loss[right]) / 2 - loss[coordinates.length / 2];
    }

    /** Accuracy on the held-out images in percent. */
    double heldOut() {
        return frame.validationAccuracy().orElseThrow();
    }

    /**
     * Width of the basin on a line.
     *
     * @param line a line with a point at the coordinate
     * @param at coordinate of the minimizer
     * @param height largest rise of the loss
     */
    static double width(LossLine line, double at, double height) {
        double[] shifted = line.axis().coordinates();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] -= at;
        }
        return new Flatness(shifted, new double[] {-1, 0, 1}, rows(line.loss())).widthAlpha(height);
    }

    /** A line as a surface that does not change along beta. */
    private static double[][] rows(double... loss) {
        return new double[][] {loss, loss, loss};
    }
}
