package org.thalweg.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TraceValue;
import org.thalweg.recording.RunRecorder;

/** Frames of a smooth valley that sinks and narrows from frame to frame, different with each seed. */
final class Valley {

    private static final int ITERATIONS = 24;

    private final double tilt;
    private final double narrowing;
    private final double[] alpha;
    private final double[] beta;
    private final BiPredicate<Double, Double> hole;

    /** A valley on 13x13 points from -1 to 1. */
    Valley(Random random) {
        this(random, axis(-1, 1, 13), axis(-1, 1, 13));
    }

    /** A valley on other axes. */
    Valley(Random random, double[] alpha, double[] beta) {
        tilt = random.nextDouble() - 0.5;
        narrowing = 0.2 + random.nextDouble();
        this.alpha = alpha;
        this.beta = beta;
        this.hole = (a, b) -> false;
    }

    private Valley(Valley whole, BiPredicate<Double, Double> hole) {
        tilt = whole.tilt;
        narrowing = whole.narrowing;
        alpha = whole.alpha;
        beta = whole.beta;
        this.hole = hole;
    }

    /** The same valley, its losses infinite or no numbers where a predicate of alpha and beta says so. */
    Valley withHole(BiPredicate<Double, Double> hole) {
        return new Valley(this, hole);
    }

    /** So many even coordinates. */
    static double[] axis(double from, double to, int points) {
        return IntStream.range(0, points)
                .mapToDouble(i -> from + (to - from) * i / (points - 1))
                .toArray();
    }

    static RunProvenance provenance(String name) {
        return new RunProvenance(
                name,
                Map.of("thalweg", "0.1"),
                "CPU, 2 cores",
                "compiled",
                "{}",
                List.of(new Parameter("0_W", "weight", new long[] {100, 20}, true)),
                "FLOAT",
                Map.of("normalization", "filter"),
                List.of(),
                "512 of 10000 examples");
    }

    /** The frame of a number; its iteration is 24 times as large. */
    /** A frame with only every n-th point along each axis. */
    Frame unfinished(int number, int stride) {
        SurfaceValues whole = surface(number);
        boolean[][] evaluated = new boolean[beta.length][alpha.length];
        double[][] loss = new double[beta.length][alpha.length];
        for (int row = 0; row < beta.length; row++) {
            for (int column = 0; column < alpha.length; column++) {
                evaluated[row][column] = row % stride == 0 && column % stride == 0;
                loss[row][column] = evaluated[row][column] ? whole.loss()[row][column] : Double.NaN;
            }
        }
        double here = lossAt(number, 0, 0);
        return Frame.builder((long) number * ITERATIONS, number / 4)
                .loss(here, OptionalDouble.empty())
                .status(Frame.Status.PARTIAL)
                .objective("compiled")
                .surface(new SurfaceValues(
                        alpha, beta, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty()))
                .curvature(CurvatureValues.absent("exact", "unfinished"))
                .build();
    }

    Frame frame(int number) {
        double loss = lossAt(number, 0, 0);
        return Frame.builder((long) number * ITERATIONS, number / 4)
                .loss(loss, OptionalDouble.of(100 - 40 * loss))
                .validationLoss(1.1 * loss, OptionalDouble.of(99 - 40 * loss))
                .objective("compiled")
                .surface(surface(number))
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(4 + 3 * number, 0.01, true)),
                        List.of(new Eigenvalue(-1 - 0.1 * number, 0.2, number % 3 != 1)),
                        "exact",
                        40,
                        1e-9,
                        Optional.empty(),
                        Optional.of(new TraceValue(30 + number, 2.5, "hutch++", 30, 50)),
                        Optional.of(density(number)),
                        List.of(layer("cnn1", number, true), layer("a_layer_of_a_rather_long_name", number, false)),
                        Optional.of(new GaussNewtonValues(
                                new Eigenvalue(3.5 + 3 * number, 0.02, true),
                                0.9,
                                Optional.of(new TraceValue(25 + number, 1.5, "hutch++", 30, 50)),
                                40)),
                        List.of(4 + 3 * number + 1e-5, -1 - 0.1 * number),
                        Map.of("step_alpha", "momentum: not known"),
                        List.of()))
                .quantities(Map.of(
                        "gradient_norm",
                        loss / 2,
                        "edge_of_stability",
                        0.5 + 0.3 * number,
                        "overhead",
                        0.03,
                        "budget",
                        0.05,
                        "skipped_frames",
                        (double) (number - number % 2)))
                .seconds(Map.of("surface", 1.0, "curvature", 0.5, "total", 1.5))
                .build();
    }

    private static LayerCurvatureValues layer(String name, int number, boolean converged) {
        return new LayerCurvatureValues(
                name,
                100,
                new Eigenvalue(2 + number, 0.1, converged),
                new Eigenvalue(-0.5, 0.01, true),
                Optional.of(new TraceValue(10 + number, 0.5, "hutch++", 30, 50)));
    }

    /** The loss of a frame at coordinates. */
    double lossAt(int number, double alpha, double beta) {
        double across = alpha + tilt * beta;
        double rise = (1 + narrowing * number) * across * across + 0.3 * beta * beta;
        return 2.3 * Math.exp(-0.3 * number) * (1 + rise);
    }

    /** Records frames from one number to another, both included, into a new run. */
    RunRecorder record(Path directory, String name, int from, int to) throws IOException {
        RunRecorder recorder = new RunRecorder(directory);
        recorder.start(provenance(name));
        for (int number = from; number <= to; number++) {
            recorder.frame(frame(number));
        }
        return recorder;
    }

    /** Mostly around zero, with one eigenvalue apart. */
    private static SpectralDensityValues density(int number) {
        int points = 200;
        double[] lambda = new double[points];
        double[] value = new double[points];
        for (int i = 0; i < points; i++) {
            lambda[i] = -2 + (8.0 + 3 * number) * i / (points - 1);
            value[i] = 3 * Math.exp(-18 * lambda[i] * lambda[i]) + 1e-3 * Math.exp(-Math.pow(lambda[i] - 4, 2));
        }
        return new SpectralDensityValues(lambda, value, 0.05, 10, 80, 0.01, 0.001, 0.2, 0.01, 800);
    }

    private SurfaceValues surface(int number) {
        double[][] losses = new double[beta.length][alpha.length];
        double[][] accuracies = new double[beta.length][alpha.length];
        boolean[][] evaluated = new boolean[beta.length][alpha.length];
        for (int row = 0; row < beta.length; row++) {
            Arrays.fill(evaluated[row], true);
            for (int column = 0; column < alpha.length; column++) {
                losses[row][column] = hole.test(alpha[column], beta[row])
                        ? (row + column) % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY
                        : lossAt(number, alpha[column], beta[row]);
                accuracies[row][column] = Math.max(0, 100 - 40 * losses[row][column]);
            }
        }
        return new SurfaceValues(
                alpha, beta, evaluated, losses, Optional.of(accuracies), Optional.of(losses), Optional.of(accuracies));
    }
}
