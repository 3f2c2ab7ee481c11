package org.thalweg.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.SurfaceValues;

/** Frames with surfaces of known form: a valley that deepens while ripples around it grow. */
public final class SyntheticRun {

    private SyntheticRun() {}

    /** A number of frames on an n x n grid over [-1, 1]^2. */
    public static List<Frame> frames(int count, int n, SplittableRandom random) {
        double tilt = random.nextDouble(-0.3, 0.3);
        double turn = random.nextDouble(0, Math.PI);
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double share = count == 1 ? 1 : (double) k / (count - 1);
            frames.add(frame(50L * k, k / 4, n, valley(share, tilt, turn)));
        }
        return frames;
    }

    /** Loss of a valley after a share of the training. */
    public static DoubleBinaryOperator valley(double share, double tilt, double turn) {
        double floor = 2.3 * Math.pow(0.02, share);
        double steep = 1 + 14 * share;
        return (a, b) -> {
            double along = a * Math.cos(turn) + b * Math.sin(turn);
            double across = b * Math.cos(turn) - a * Math.sin(turn);
            double ripples = 0.25 * share * (1 - Math.cos(7 * along)) * (1 + tilt * across);
            return floor + steep * across * across * (1 + 0.4 * tilt * across) + 2 * share * along * along + ripples;
        };
    }

    /** A frame whose loss on the grid is a function of alpha and beta. */
    public static Frame frame(long iteration, int epoch, int n, DoubleBinaryOperator loss) {
        double[] axis = new double[n];
        for (int i = 0; i < n; i++) {
            axis[i] = -1 + 2.0 * i / (n - 1);
        }
        boolean[][] evaluated = new boolean[n][n];
        double[][] values = new double[n][n];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                evaluated[row][column] = true;
                values[row][column] = loss.applyAsDouble(axis[column], axis[row]);
            }
        }
        double center = loss.applyAsDouble(0, 0);
        SurfaceValues surface =
                new SurfaceValues(axis, axis, evaluated, values, Optional.empty(), Optional.empty(), Optional.empty());
        double sharp = 60 / (0.2 + Math.abs(center));
        CurvatureValues curvature = new CurvatureValues(
                List.of(new Eigenvalue(sharp, 0.01, true), new Eigenvalue(0.6 * sharp, 0.02, true)),
                List.of(new Eigenvalue(-0.2, 0.01, true), new Eigenvalue(-0.02 * sharp, 0.013, false)),
                "exact",
                80,
                1e-7,
                Optional.empty());
        return Frame.builder(iteration, epoch)
                .loss(center, OptionalDouble.of(100 - 30 * center))
                .objective("compiled")
                .surface(surface)
                .curvature(curvature)
                .seconds(Map.of("total", 1.0))
                .build();
    }

    /** The same frame with directions and weights. */
    public static Frame with(Frame frame, List<NamedArray> directions, List<NamedArray> weights) {
        return copy(frame, frame.curvature(), directions, weights);
    }

    /** The same frame with a Gaussian density of eigenvalues around 0, and a small one around its largest eigenvalue. */
    public static Frame withDensity(Frame frame) {
        CurvatureValues known = frame.curvature();
        double largest = known.largest().get(0).value();
        double[] lambda = new double[400];
        double[] value = new double[400];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = -0.2 * largest + 1.4 * largest * i / (lambda.length - 1);
            value[i] = gaussian(lambda[i], 0, 0.02 * largest) + 1e-4 * gaussian(lambda[i], largest, 0.02 * largest);
        }
        CurvatureValues curvature = new CurvatureValues(
                known.largest(),
                known.smallest(),
                known.method(),
                known.products(),
                known.asymmetry(),
                known.reason(),
                Optional.empty(),
                Optional.of(new SpectralDensityValues(lambda, value, 0.02 * largest, 10, 80, 0, 0, 1, 0, 800)),
                Map.of());
        return copy(frame, curvature, List.of(), List.of());
    }

    private static double gaussian(double x, double mean, double width) {
        double z = (x - mean) / width;
        return Math.exp(-z * z / 2) / (width * Math.sqrt(2 * Math.PI));
    }

    private static Frame copy(
            Frame frame, CurvatureValues curvature, List<NamedArray> directions, List<NamedArray> weights) {
        return frame.toBuilder()
                .curvature(curvature)
                .directions(directions)
                .weights(weights)
                .build();
    }

    /** What a run of such frames is. */
    public static RunProvenance provenance() {
        return new RunProvenance(
                "digits",
                Map.of("thalweg", "test"),
                "a processor",
                "compiled",
                "{}",
                List.of(),
                "FLOAT",
                Map.of("grid", 9L),
                List.of(),
                "generated");
    }
}
