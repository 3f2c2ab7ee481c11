package org.thalweg.video.internal.scene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.frame.NamedArray;
import org.thalweg.recording.RunReader;

/**
 * Earlier minimizers projected onto each frame's plane by least squares, since its directions need be neither
 * orthogonal nor of equal length. {@link #share} says how much of the distance lies in the plane. Immutable.
 */
public final class MinimizerPath {

    /** Largest number of minimizers shown, evenly spaced over the run. */
    private static final int MOST = 200;

    private final Plane[] planes;

    /**
     * A minimizer on a plane, in the plane's units.
     *
     * @param alpha along delta
     * @param beta along eta
     */
    public record Place(double alpha, double beta) {

        /** The point at a fraction of the way to another one. */
        Place towards(Place other, double share) {
            return new Place(alpha + share * (other.alpha - alpha), beta + share * (other.beta - beta));
        }

        /** This place relative to another one's origin. */
        Place seenFrom(Place other) {
            return new Place(alpha + other.alpha, beta + other.beta);
        }
    }

    /**
     * The minimizers shown up to a frame, on that frame's plane, and the fraction of their distance that lies in it.
     */
    private record Plane(List<Place> places, double share) {}

    private MinimizerPath(Plane[] planes) {
        this.planes = planes;
    }

    /**
     * The path of a run's minimizer; empty unless all frames have parameters and directions.
     *
     * @param iterations of the frames, ascending
     * @throws IOException when a file cannot be read, naming it
     */
    public static Optional<MinimizerPath> of(RunReader run, List<Long> iterations) throws IOException {
        Map<String, float[]> first = values(run.directions(iterations.get(0)), "delta/");
        if (first.isEmpty() || run.weights(iterations.get(0)).isEmpty()) {
            return Optional.empty();
        }
        int[] shown = shown(iterations.size(), first);
        List<float[]> minimizers = new ArrayList<>();
        for (int frame : shown) {
            Optional<float[]> weights = joined(values(run.weights(iterations.get(frame)), ""), first);
            if (weights.isEmpty()) {
                return Optional.empty();
            }
            minimizers.add(weights.get());
        }
        Plane[] planes = new Plane[iterations.size()];
        for (int frame = 0; frame < planes.length; frame++) {
            int now = frame;
            List<float[]> past = IntStream.range(0, shown.length)
                    .filter(i -> shown[i] <= now)
                    .mapToObj(minimizers::get)
                    .toList();
            Optional<Plane> plane = plane(run, iterations.get(frame), first, past);
            if (plane.isEmpty()) {
                return Optional.empty();
            }
            planes[frame] = plane.get();
        }
        return Optional.of(new MinimizerPath(planes));
    }

    private static Optional<Plane> plane(
            RunReader run, long iteration, Map<String, float[]> parameters, List<float[]> past) throws IOException {
        List<NamedArray> directions = run.directions(iteration);
        Optional<float[]> delta = joined(values(directions, "delta/"), parameters);
        Optional<float[]> eta = joined(values(directions, "eta/"), parameters);
        Optional<float[]> here = joined(values(run.weights(iteration), ""), parameters);
        return delta.isEmpty() || eta.isEmpty() || here.isEmpty()
                ? Optional.empty()
                : Optional.of(project(past, here.get(), delta.get(), eta.get()));
    }

    /** As many evenly spaced frames as a quarter of the heap can hold, including the first and the last. */
    private static int[] shown(int frames, Map<String, float[]> parameters) {
        long bytes = parameters.values().stream().mapToLong(v -> 4L * v.length).sum();
        long fit = Math.max(2, Runtime.getRuntime().maxMemory() / 4 / Math.max(1, bytes));
        int count = (int) Math.min(Math.min(MOST, frames), fit);
        return count == 1
                ? new int[] {0}
                : IntStream.range(0, count)
                        .map(i -> (int) Math.round((double) i * (frames - 1) / (count - 1)))
                        .toArray();
    }

    private static Map<String, float[]> values(List<NamedArray> arrays, String prefix) {
        Map<String, float[]> byKey = new LinkedHashMap<>();
        for (NamedArray array : arrays) {
            if (array.name().startsWith(prefix)) {
                byKey.put(array.name().substring(prefix.length()), floats(array.values()));
            }
        }
        return byKey;
    }

    private static float[] floats(Object values) {
        if (values instanceof float[] floats) {
            return floats;
        }
        double[] doubles = (double[]) values;
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    /** Concatenates the parameters that have directions, in the directions' order; empty if one is missing. */
    private static Optional<float[]> joined(Map<String, float[]> values, Map<String, float[]> like) {
        float[] joined =
                new float[like.values().stream().mapToInt(v -> v.length).sum()];
        int at = 0;
        for (Map.Entry<String, float[]> part : like.entrySet()) {
            float[] found = values.get(part.getKey());
            if (found == null || found.length != part.getValue().length) {
                return Optional.empty();
            }
            System.arraycopy(found, 0, joined, at, found.length);
            at += found.length;
        }
        return Optional.of(joined);
    }

    /** The points of the plane {@code here + alpha delta + beta eta} nearest to the minimizers. */
    private static Plane project(List<float[]> minimizers, float[] here, float[] delta, float[] eta) {
        double dd = dot(delta, delta);
        double de = dot(delta, eta);
        double ee = dot(eta, eta);
        double determinant = dd * ee - de * de;
        double[][] products = minimizers.stream()
                .parallel()
                .map(minimizer -> products(minimizer, here, delta, eta))
                .toArray(double[][]::new);
        List<Place> places = new ArrayList<>();
        double inside = 0;
        double whole = 0;
        for (double[] p : products) {
            double alpha = determinant > 0 ? (ee * p[0] - de * p[1]) / determinant : 0;
            double beta = determinant > 0 ? (dd * p[1] - de * p[0]) / determinant : 0;
            places.add(new Place(alpha, beta));
            inside += alpha * p[0] + beta * p[1];
            whole += p[2];
        }
        return new Plane(List.copyOf(places), whole > 0 ? Math.sqrt(Math.max(0, Math.min(1, inside / whole))) : 1);
    }

    /** Dot products of the step from here to a minimizer with delta, with eta and with itself. */
    private static double[] products(float[] minimizer, float[] here, float[] delta, float[] eta) {
        double alongDelta = 0;
        double alongEta = 0;
        double square = 0;
        for (int i = 0; i < here.length; i++) {
            double way = (double) minimizer[i] - here[i];
            alongDelta += way * delta[i];
            alongEta += way * eta[i];
            square += way * way;
        }
        return new double[] {alongDelta, alongEta, square};
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /**
     * The minimizers up to a time on that time's plane, oldest first. Between two frames each moves linearly from its
     * place on one plane to that on the other. The current minimizer is the origin and not included.
     */
    public List<Place> places(double time) {
        int frame = frameAt(time);
        double share = Math.max(0, Math.min(1, time - frame));
        List<Place> from = planes[frame].places;
        List<Place> to = planes[Math.min(planes.length - 1, frame + 1)].places;
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            places.add(from.get(i).towards(to.get(i), share));
        }
        return places;
    }

    /**
     * Fraction of the distance to the minimizers shown that lies in a time's plane: the root mean square of the
     * projections' lengths over that of the distances; 1 if there is no distance yet.
     */
    public double share(double time) {
        return planes[frameAt(time)].share;
    }

    /** The largest absolute coordinate of any place on any plane. */
    public double reach() {
        return Arrays.stream(planes)
                .flatMap(plane -> plane.places.stream())
                .mapToDouble(place -> Math.max(Math.abs(place.alpha), Math.abs(place.beta)))
                .max()
                .orElse(0);
    }

    private int frameAt(double time) {
        return (int) Math.max(0, Math.min(planes.length - 1, Math.floor(time + 1e-9)));
    }
}
