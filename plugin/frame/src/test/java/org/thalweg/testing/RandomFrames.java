package org.thalweg.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TraceValue;

/** Random frames of every shape and condition. */
public final class RandomFrames {

    private final Random random;

    /** Frames drawn from a generator. */
    public RandomFrames(Random random) {
        this.random = random;
    }

    /** A frame at an iteration. */
    public Frame frame(long iteration) {
        boolean regression = random.nextBoolean();
        boolean validation = random.nextBoolean();
        Map<String, Double> quantities = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            quantities.put("norm_" + random.nextInt(100), number());
        }
        FrameBuilder frame = Frame.builder(iteration, random.nextInt(100))
                .status(anyOf(Frame.Status.values()))
                .loss(number(), percent(regression))
                .objective(random.nextBoolean() ? "compiled" : "network")
                .surface(surface(regression, validation))
                .curvature(curvature())
                .quantities(quantities)
                .seconds(Map.of(
                        "surface",
                        random.nextDouble(),
                        "curvature",
                        random.nextDouble(),
                        "total",
                        3 * random.nextDouble()))
                .findings(random.nextBoolean() ? findings() : List.of())
                .directions(random.nextBoolean() ? directions() : List.of())
                .weights(random.nextBoolean() ? arrays() : List.of());
        if (validation) {
            frame.validationLoss(number(), percent(regression));
        }
        return frame.build();
    }

    private List<Finding> findings() {
        return List.of(
                new Finding("diverged", Severity.ALARM, "\u03BB max is \u22121.", Map.of(), "Stop.", ""),
                new Finding(
                        "a/b", Severity.NOTE, "Two, \"three\".", Map.of("loss", random.nextGaussian()), "", "arXiv 1"));
    }

    private OptionalDouble percent(boolean regression) {
        return regression ? OptionalDouble.empty() : OptionalDouble.of(100 * random.nextDouble());
    }

    /**
     * A surface with or without accuracies and validation values, not always square, not always whole; missing points are
     * sometimes interpolated.
     */
    public SurfaceValues surface(boolean regression, boolean validation) {
        int nx = 1 + random.nextInt(7);
        int ny = 1 + random.nextInt(7);
        boolean whole = random.nextBoolean();
        boolean interpolated = !whole && random.nextBoolean();
        boolean[][] evaluated = new boolean[ny][nx];
        for (boolean[] row : evaluated) {
            for (int i = 0; i < nx; i++) {
                row[i] = whole || random.nextBoolean();
            }
        }
        boolean[][] known = new boolean[ny][nx];
        for (int row = 0; row < ny; row++) {
            for (int column = 0; column < nx; column++) {
                known[row][column] = interpolated || evaluated[row][column];
            }
        }
        return new SurfaceValues(
                axis(nx),
                axis(ny),
                evaluated,
                grid(known),
                regression ? Optional.empty() : Optional.of(grid(known)),
                validation ? Optional.of(grid(known)) : Optional.empty(),
                validation && !regression ? Optional.of(grid(known)) : Optional.empty(),
                interpolated ? Optional.of(interpolation(regression, validation)) : Optional.empty());
    }

    private SurfaceInterpolation interpolation(boolean regression, boolean validation) {
        return new SurfaceInterpolation(
                0.001 + 0.998 * random.nextDouble(),
                random.nextDouble(),
                error(!regression),
                error(validation),
                error(validation && !regression));
    }

    private OptionalDouble error(boolean present) {
        return present ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty();
    }

    /** Eigenvalues, or a reason for none. */
    public CurvatureValues curvature() {
        boolean present = random.nextInt(4) != 0;
        Optional<TraceValue> trace = present && random.nextBoolean() ? Optional.of(trace()) : Optional.empty();
        Optional<SpectralDensityValues> density =
                present && random.nextBoolean() ? Optional.of(density()) : Optional.empty();
        Map<String, String> absent = new TreeMap<>();
        if (trace.isEmpty() && random.nextBoolean()) {
            absent.put("trace", "kink");
        }
        if (density.isEmpty() && random.nextBoolean()) {
            absent.put("density", "memory: 4, \"at least\"");
        }
        return new CurvatureValues(
                eigenvalues(present ? 1 + random.nextInt(3) : 0),
                eigenvalues(present ? random.nextInt(3) : 0),
                random.nextBoolean() ? "exact" : "finite-difference",
                random.nextInt(1000),
                random.nextDouble(),
                present ? Optional.empty() : Optional.of(random.nextBoolean() ? "kink" : "memory: 4, \"at least\""),
                trace,
                density,
                present && random.nextBoolean() ? layers() : List.of(),
                present && random.nextBoolean() ? Optional.of(gaussNewton()) : Optional.empty(),
                present && random.nextBoolean() ? List.of(number(), number()) : List.of(),
                absent,
                random.nextBoolean() ? estimates() : List.of());
    }

    /** In the order of their names. */
    private List<Estimate> estimates() {
        EstimateValues values = new EstimateValues(
                Map.of("value", number(), "products", 7.0),
                Map.of("elements", random.doubles(2 + random.nextInt(5)).toArray()));
        return List.of(
                new Estimate("a/b", "count", values),
                new Estimate("held_out", "top_direction", new EstimateValues(Map.of("value", number()), Map.of())),
                new Estimate("held_out", "trace", values));
    }

    private List<LayerCurvatureValues> layers() {
        List<LayerCurvatureValues> layers = new ArrayList<>();
        for (String name : List.of("conv1", "block/a", "10", "9")) {
            Optional<TraceValue> trace = random.nextBoolean() ? Optional.of(trace()) : Optional.empty();
            List<Eigenvalue> ends = eigenvalues(2);
            layers.add(new LayerCurvatureValues(name, random.nextInt(99), ends.get(0), ends.get(1), trace));
        }
        return layers;
    }

    private GaussNewtonValues gaussNewton() {
        Optional<TraceValue> trace = random.nextBoolean() ? Optional.of(trace()) : Optional.empty();
        return new GaussNewtonValues(eigenvalues(1).get(0), number(), trace, random.nextInt(99));
    }

    private TraceValue trace() {
        return new TraceValue(
                number(),
                random.nextDouble(),
                anyOf(new String[] {"hutch++", "hutchinson"}),
                30,
                random.nextInt(99),
                perhaps());
    }

    private SpectralDensityValues density() {
        int points = 2 + random.nextInt(20);
        return new SpectralDensityValues(
                axis(points),
                random.doubles(points).toArray(),
                random.nextDouble(),
                2 + random.nextInt(9),
                1 + random.nextInt(80),
                number(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextInt(1000));
    }

    /** What might have been trained. */
    public RunProvenance provenance(String run) {
        return new RunProvenance(
                run,
                Map.of("thalweg", "0.1", "dl4j", "1.0.0-M2.1", "java", "17"),
                "CPU of " + random.nextInt(64) + " cores",
                "compiled",
                "{\"layers\":[{\"nOut\":" + random.nextInt(100) + ",\"name\":\"<a & 'b'>\",\"eps\":1.0E-8}]}",
                List.of(
                        new Parameter("0_W", "weight", new long[] {1 + random.nextInt(5), 3}, true),
                        new Parameter("bn/1_mean", "statistic", new long[] {}, false)),
                "FLOAT",
                Map.of(
                        "grid", (long) random.nextInt(100),
                        "range", random.nextDouble(),
                        "normalization", "FILTER",
                        "ignoreBiasAndNorm", random.nextBoolean(),
                        "schedule", List.of("everyEpochs", 1L, 0.5)),
                List.of(array("features", 70, 1, 28, 28), array("labels", 70, 10)),
                "drawn from an iterator, seed " + random.nextInt());
    }

    /** Parameters of a network, with keys that need care. */
    public List<NamedArray> arrays() {
        List<NamedArray> arrays = new ArrayList<>();
        arrays.add(array("0_W", 1 + random.nextInt(4), 1 + random.nextInt(3), 2, 3));
        arrays.add(array("0_b", 1, 1 + random.nextInt(5)));
        arrays.add(array("block/a%2F_W", 1 + random.nextInt(5), 2));
        arrays.add(array("scale"));
        return arrays;
    }

    private List<NamedArray> directions() {
        List<NamedArray> directions = new ArrayList<>();
        for (String axis : List.of("delta", "eta")) {
            for (NamedArray array : arrays()) {
                directions.add(new NamedArray(axis + "/" + array.name(), array.shape(), array.values()));
            }
        }
        return directions;
    }

    private NamedArray array(String name, long... shape) {
        int length = 1;
        for (long size : shape) {
            length *= (int) size;
        }
        if (random.nextBoolean()) {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = random.nextGaussian();
            }
            return new NamedArray(name, shape, values);
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new NamedArray(name, shape, values);
    }

    private List<Eigenvalue> eigenvalues(int count) {
        return random.doubles(count)
                .mapToObj(
                        value -> new Eigenvalue(value, random.nextDouble(), random.nextBoolean(), perhaps(), perhaps()))
                .toList();
    }

    private OptionalDouble perhaps() {
        return random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty();
    }

    private <T> T anyOf(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private double[] axis(int n) {
        return random.doubles(n, -1, 1).sorted().toArray();
    }

    private double[][] grid(boolean[][] evaluated) {
        double[][] values = new double[evaluated.length][evaluated[0].length];
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                values[row][column] = evaluated[row][column] ? number() : Double.NaN;
            }
        }
        return values;
    }

    /** Mostly a number, sometimes none. */
    private double number() {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
        };
    }
}
