package org.thalweg.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.direction.DirectionPair;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.FrameFile;
import org.thalweg.recording.RunReader;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;

/**
 * What an adaptive surface leaves out and how far it is off, measured on recorded surfaces of which every point was
 * computed: each is computed again from its own values.
 */
public final class AdaptiveSurfaces {

    private static final double SPIKES = 0.01;

    private AdaptiveSurfaces() {}

    /**
     * Prints a line of a Markdown table for each complete surface.
     *
     * @param args tolerance, then runs and files of {@code thalweg analyze}
     */
    public static void main(String[] args) throws IOException {
        double tolerance = Double.parseDouble(args[0]);
        int covered = 0;
        int surfaces = 0;
        System.out.println("| surface | grid | points | share | mean deviation | largest | estimate |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String arg : Arrays.copyOfRange(args, 1, args.length)) {
            for (Frame frame : frames(Path.of(arg))) {
                if (frame.surface().evaluatedPoints()
                        == frame.surface().alpha().length * frame.surface().beta().length) {
                    surfaces++;
                    covered += print(arg + ", iteration " + frame.iteration(), frame.surface(), tolerance) ? 1 : 0;
                }
            }
        }
        System.out.printf(
                Locale.ROOT, "%nThe estimate covers the largest deviation on %d of %d surfaces.%n", covered, surfaces);
    }

    private static List<Frame> frames(Path source) throws IOException {
        if (Files.isRegularFile(source)) {
            return List.of(FrameFile.read(source));
        }
        RunReader run = RunReader.open(source);
        List<Frame> frames = new ArrayList<>();
        for (long iteration : run.iterations()) {
            frames.add(run.frame(iteration));
        }
        return frames;
    }

    private static boolean print(String name, SurfaceValues full, double tolerance) {
        LossSurface adaptive = again(full, tolerance);
        double[] train = deviations(full.loss(), adaptive.loss());
        double largest = largest(train);
        double estimate =
                adaptive.interpolation().map(SurfaceInterpolation::loss).orElse(0.0);
        if (full.validationLoss().isPresent()) {
            double[] held = deviations(
                    full.validationLoss().get(), adaptive.validationLoss().orElseThrow());
            largest = Math.max(largest, largest(held));
            estimate = Math.max(
                    estimate,
                    adaptive.interpolation()
                            .map(points -> points.validationLoss().orElseThrow())
                            .orElse(0.0));
        }
        int all = full.evaluatedPoints();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d x %d | %d | %.1f %% | %.3f %% | %.2f %% | %.2f %% |%n",
                name,
                full.alpha().length,
                full.beta().length,
                adaptive.evaluatedPoints(),
                100.0 * adaptive.evaluatedPoints() / all,
                100 * Arrays.stream(train).average().orElse(0),
                100 * largest,
                100 * estimate);
        return largest <= estimate;
    }

    private static LossSurface again(SurfaceValues full, double tolerance) {
        Grid grid = new Grid(axis(full.alpha()), axis(full.beta()));
        double[] alpha = grid.alpha().coordinates();
        double[] beta = grid.beta().coordinates();
        RecordedObjective train = new RecordedObjective(alpha, beta, full.loss());
        Optional<RecordedObjective> held = full.validationLoss().map(loss -> new RecordedObjective(alpha, beta, loss));
        LossSurface surface = LossSurface.empty(grid, held.isPresent());
        INDArray nowhere = Nd4j.zeros(1);
        new SurfaceEvaluator(train, held.orElse(null))
                .fillWithin(
                        surface,
                        nowhere,
                        new DirectionPair(nowhere, nowhere).plane(),
                        tolerance,
                        () -> false,
                        () -> {});
        return surface;
    }

    private static Axis axis(double[] coordinates) {
        return new Axis(coordinates[0], coordinates[coordinates.length - 1], coordinates.length);
    }

    /** Deviations as drawn, as shares of the range between the lowest value and the one that 1 % exceed. */
    private static double[] deviations(double[][] full, double[][] adaptive) {
        double[] expected = Arrays.stream(full).flatMapToDouble(Arrays::stream).toArray();
        double[] found = Arrays.stream(adaptive).flatMapToDouble(Arrays::stream).toArray();
        double[] finite =
                Arrays.stream(expected).filter(Double::isFinite).sorted().toArray();
        DoubleUnaryOperator drawn = finite[0] > 0 ? Math::log : value -> value;
        double low = drawn.applyAsDouble(finite[0]);
        double high = drawn.applyAsDouble(finite[(int) ((finite.length - 1) * (1 - SPIKES))]);
        double[] deviations = new double[expected.length];
        for (int i = 0; i < expected.length; i++) {
            double shown = Math.min(high, drawn.applyAsDouble(expected[i]));
            double instead = Math.min(high, drawn.applyAsDouble(found[i]));
            boolean same = Double.compare(expected[i], found[i]) == 0;
            deviations[i] = same ? 0 : Math.abs(shown - instead) / (high - low);
        }
        return deviations;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }
}
