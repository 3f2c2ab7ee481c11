package org.thalweg.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TraceValue;
import org.thalweg.recording.RunRecorder;

/** Frames of a smooth valley that sinks and narrows from frame to frame, different with each seed. */
final class Valley {

    private static final int POINTS = 13;
    private static final int ITERATIONS = 24;

    private final double tilt;
    private final double narrowing;

    Valley(Random random) {
        tilt = random.nextDouble() - 0.5;
        narrowing = 0.2 + random.nextDouble();
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
    Frame frame(int number) {
        double loss = 2.3 * Math.exp(-0.3 * number);
        return new Frame(
                (long) number * ITERATIONS,
                number / 4,
                Frame.Status.COMPLETE,
                loss,
                OptionalDouble.of(100 - 40 * loss),
                OptionalDouble.of(1.1 * loss),
                OptionalDouble.of(99 - 40 * loss),
                "compiled",
                surface(number, loss),
                new CurvatureValues(
                        List.of(new Eigenvalue(4 + 3 * number, 0.01, true)),
                        List.of(new Eigenvalue(-1 - 0.1 * number, 0.2, number % 3 != 1)),
                        "exact",
                        40,
                        1e-9,
                        Optional.empty(),
                        Optional.of(new TraceValue(30 + number, 2.5, "hutch++", 30, 50)),
                        Optional.of(density(number)),
                        Map.of("step_alpha", "momentum: not known")),
                Map.of("gradient_norm", loss / 2),
                Map.of("surface", 1.0, "curvature", 0.5, "total", 1.5),
                List.of(),
                List.of());
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

    private SurfaceValues surface(int number, double loss) {
        double[] axis = new double[POINTS];
        boolean[][] evaluated = new boolean[POINTS][POINTS];
        for (int i = 0; i < POINTS; i++) {
            axis[i] = -1 + 2.0 * i / (POINTS - 1);
            Arrays.fill(evaluated[i], true);
        }
        double[][] losses = new double[POINTS][POINTS];
        double[][] accuracies = new double[POINTS][POINTS];
        for (int row = 0; row < POINTS; row++) {
            for (int column = 0; column < POINTS; column++) {
                double across = axis[column] + tilt * axis[row];
                double rise = (1 + narrowing * number) * across * across + 0.3 * axis[row] * axis[row];
                losses[row][column] = loss * (1 + rise);
                accuracies[row][column] = Math.max(0, 100 - 40 * losses[row][column]);
            }
        }
        return new SurfaceValues(
                axis, axis, evaluated, losses, Optional.of(accuracies), Optional.of(losses), Optional.of(accuracies));
    }
}
