package org.thalweg.demo.follow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/**
 * One network on a sample of its training images and on all of them.
 *
 * @param sample frame on the sample
 * @param all frame on all
 */
record ProbeComparison(Frame sample, Frame all) {

    /** Median over the surface's points of the relative difference of the loss. */
    double medianDifference() {
        double[][] few = sample.surface().loss();
        double[][] many = all.surface().loss();
        List<Double> shares = new ArrayList<>();
        for (int row = 0; row < many.length; row++) {
            for (int column = 0; column < many[row].length; column++) {
                shares.add(Math.abs(few[row][column] - many[row][column]) / many[row][column]);
            }
        }
        Collections.sort(shares);
        return shares.get(shares.size() / 2);
    }

    /** Relative error of the rise at radius 0.5. */
    double riseDifference() {
        return SurfaceTable.rise(sample) / SurfaceTable.rise(all) - 1;
    }

    /** Relative error of lambda_max. */
    double sharpnessDifference() {
        return largest(sample).get(0) / largest(all).get(0) - 1;
    }

    /** Both ends of both spectra. */
    List<String> spectra() {
        return List.of(spectrum("sample", sample), spectrum("all", all));
    }

    private static String spectrum(String name, Frame frame) {
        return name + ": " + values(frame.curvature().largest()) + " ... "
                + values(frame.curvature().smallest());
    }

    private static List<Double> largest(Frame frame) {
        return frame.curvature().largest().stream().map(Eigenvalue::value).toList();
    }

    private static String values(List<Eigenvalue> eigenvalues) {
        return String.join(
                " ",
                eigenvalues.stream()
                        .map(found -> String.format(Locale.ROOT, "%.3g", found.value()))
                        .toList());
    }
}
