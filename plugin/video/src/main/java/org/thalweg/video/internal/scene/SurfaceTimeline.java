package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.video.film.SurfaceQuantity;
import org.thalweg.video.film.ValueOptions;
import org.thalweg.video.internal.scene.MinimizerPath.Place;

/**
 * A run's surface at any time between its frames. Time counts frames: at 2.5 the surface is halfway from frame 2 to
 * frame 3, in the logarithm of the loss where all losses are positive. Between two frames every point moves
 * monotonically, so nothing outside the two is ever shown. Thread-safe.
 */
public final class SurfaceTimeline {

    /** Smallest number of vertices along each axis, as fine as the picture needs. */
    private static final int FINE = 160;

    private static final int KEPT = 12;

    private final FrameSource frames;
    private final SurfaceQuantity quantity;
    private final List<FrameNumbers> numbers;
    private final ValueScale scale;
    private final boolean inLogarithm;
    private final double logLow;
    private final double logHigh;
    private final double[] x;
    private final double[] y;
    private final Map<Integer, float[]> fields = new LinkedHashMap<>(16, 0.75f, true);

    /** A timeline on its own scale or on one shared with another run. */
    public SurfaceTimeline(FrameSource frames, RunStatistics statistics, ValueScale scale) throws IOException {
        this.frames = frames;
        this.quantity = statistics.quantity();
        this.numbers = statistics.numbers();
        this.scale = scale;
        this.inLogarithm = statistics.positive();
        this.logLow = Math.log(scale.low());
        this.logHigh = Math.log(scale.high());
        SurfaceValues first = frames.frame(0).surface();
        this.x = fine(first.alpha());
        this.y = fine(first.beta());
    }

    /** A timeline on its own scale. */
    public static SurfaceTimeline of(FrameSource frames, ValueOptions options) throws IOException {
        RunStatistics statistics = RunStatistics.of(frames, options.quantity());
        return new SurfaceTimeline(frames, statistics, statistics.scale(options));
    }

    /** The computed coordinates with evenly spaced ones between them. */
    private static double[] fine(double[] coordinates) {
        int cells = coordinates.length - 1;
        if (cells < 1) {
            throw new IllegalArgumentException("a surface needs at least 2x2 points to be drawn, got one a side");
        }
        int parts = Math.max(1, (FINE + cells - 1) / cells);
        double first = coordinates[0];
        double last = coordinates[cells];
        double[] fine = new double[cells * parts + 1];
        for (int i = 0; i < fine.length; i++) {
            double even = first + (last - first) * i / (fine.length - 1);
            // On an evenly spaced grid, vertices coincide with the computed points.
            double exact = coordinates[i / parts];
            fine[i] = i % parts == 0 && Math.abs(exact - even) < 1e-9 * (last - first) ? exact : even;
        }
        return fine;
    }

    /** The quantity shown. */
    public SurfaceQuantity quantity() {
        return quantity;
    }

    /** A description of the examples of the values; empty if unknown. */
    public String subject() {
        return frames.subject();
    }

    /** Coordinates of the computed points of a time's frame, {@code [n][2]}. */
    double[][] computed(double time) {
        try {
            SurfaceValues surface = frames.frame(frameAt(time)).surface();
            double[] alpha = surface.alpha();
            double[] beta = surface.beta();
            boolean[][] evaluated = surface.evaluated();
            List<double[]> points = new ArrayList<>();
            for (int row = 0; row < beta.length; row++) {
                for (int column = 0; column < alpha.length; column++) {
                    if (evaluated[row][column]) {
                        points.add(new double[] {alpha[column], beta[row]});
                    }
                }
            }
            return points.toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** The run's name. */
    public String title() {
        return frames.title();
    }

    /** The frames' numbers. */
    public List<FrameNumbers> numbers() {
        return numbers;
    }

    /** Time of the last frame; that of the first is 0. */
    public double lastTime() {
        return numbers.size() - 1.0;
    }

    /** The mapping of losses to heights. */
    public ValueScale scale() {
        return scale;
    }

    /** Vertices along alpha. */
    public int columns() {
        return x.length;
    }

    /** Vertices along beta. */
    public int rows() {
        return y.length;
    }

    /** First and last alpha. */
    public double[] alphaRange() {
        return new double[] {x[0], x[x.length - 1]};
    }

    /** First and last beta. */
    public double[] betaRange() {
        return new double[] {y[0], y[y.length - 1]};
    }

    /** Whether a place lies within the range shown. */
    boolean shows(Place place) {
        return x[0] <= place.alpha()
                && place.alpha() <= x[x.length - 1]
                && y[0] <= place.beta()
                && place.beta() <= y[y.length - 1];
    }

    /** The frame at a time: the latest one that is not in the future. */
    public int frameAt(double time) {
        return (int) Math.max(0, Math.min(numbers.size() - 1, Math.floor(time + 1e-9)));
    }

    /** The surface as heights on the scale, {@code [rows * columns]}; NaN where either neighbour in time has a hole. */
    public float[] heights(double time) {
        int frame = frameAt(time);
        double share = Math.max(0, Math.min(1, time - frame));
        float[] from = field(frame);
        float[] heights = new float[from.length];
        if (share == 0 || frame + 1 >= numbers.size()) {
            for (int i = 0; i < heights.length; i++) {
                heights[i] = height(from[i]);
            }
            return heights;
        }
        float[] to = field(frame + 1);
        float[] before = field(Math.max(0, frame - 1));
        float[] after = field(Math.min(numbers.size() - 1, frame + 2));
        boolean first = frame == 0;
        boolean last = frame + 2 >= numbers.size();
        for (int i = 0; i < heights.length; i++) {
            heights[i] = height(
                    between(first ? Double.NaN : before[i], from[i], to[i], last ? Double.NaN : after[i], share));
        }
        return heights;
    }

    /** The value at the minimizer. */
    public double value(double time) {
        int frame = frameAt(time);
        double share = Math.max(0, Math.min(1, time - frame));
        double from = numbers.get(frame).at(quantity);
        if (share == 0 || frame + 1 >= numbers.size()) {
            return from;
        }
        double value = between(
                frame == 0 ? Double.NaN : transformed(numbers.get(frame - 1).at(quantity)),
                transformed(from),
                transformed(numbers.get(frame + 1).at(quantity)),
                frame + 2 >= numbers.size()
                        ? Double.NaN
                        : transformed(numbers.get(frame + 2).at(quantity)),
                share);
        return inLogarithm ? Math.exp(value) : value;
    }

    /** The minimizer on the plane, interpolated linearly between two frames. */
    Place place(double time) {
        int frame = frameAt(time);
        double share = Math.max(0, Math.min(1, time - frame));
        Place from = numbers.get(frame).place();
        Place to = numbers.get(Math.min(numbers.size() - 1, frame + 1)).place();
        return from.towards(to, share);
    }

    /** The iteration, interpolated between two frames. */
    public double iteration(double time) {
        int frame = frameAt(time);
        double from = numbers.get(frame).iteration();
        double to = numbers.get(Math.min(numbers.size() - 1, frame + 1)).iteration();
        return from + (to - from) * Math.max(0, Math.min(1, time - frame));
    }

    /** A monotone cubic in time; an outer neighbour that is NaN is ignored. */
    private static double between(double before, double from, double to, double after, double share) {
        double step = to - from;
        return BoundedCubic.hermite(
                from,
                to,
                BoundedCubic.slope(from - before, step, 1, 1),
                BoundedCubic.slope(step, after - to, 1, 1),
                share);
    }

    private double transformed(double loss) {
        return !Double.isFinite(loss) ? Double.NaN : inLogarithm ? Math.log(loss) : loss;
    }

    private float height(double value) {
        if (inLogarithm && scale.logarithmic()) {
            return (float) ((value - logLow) / (logHigh - logLow));
        }
        return (float) scale.height(inLogarithm ? Math.exp(value) : value);
    }

    private float[] field(int index) {
        synchronized (fields) {
            float[] known = fields.get(index);
            if (known != null) {
                return known;
            }
            Frame frame;
            double[][] values;
            try {
                frame = frames.frame(index);
                values = RunStatistics.values(frames.title(), frame, quantity);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            float[] field = RegularGrid.of(frame.surface(), values).resampled(x, y, this::transformed);
            fields.put(index, field);
            if (fields.size() > KEPT) {
                fields.remove(fields.keySet().iterator().next());
            }
            return field;
        }
    }
}
