package org.thalweg.surface;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.surface.Samples.SampledValue;

/**
 * Computes some of a surface's points and interpolates the rest. From level to level, a grid of half the spacing is
 * predicted by cubic interpolation of the one before; new points are computed where the predictions of the last level
 * missed by more than a tolerance, or a loss is not finite. On each level, the centres of cells and the rim, where
 * predictions are worst, come first; the middles of edges follow where their neighbours missed, or where two
 * predictions, along the edge and across it, disagree. Which points are computed depends on computed values alone, so a
 * surface that was stopped continues to the same points.
 */
final class AdaptiveFill {

    /** Middles of edges are not tested themselves, so their neighbours must have been better than the tolerance. */
    private static final double UNTESTED = 0.4;

    /** Misses of a smooth function shrink to this share at half the spacing: the cubic is of fourth order. */
    private static final double SMOOTH = 1.0 / 16;

    /** Factor of expected errors that made them cover the largest one on nearly all of the surfaces in the README. */
    private static final double USUAL = 1.5;

    /** Fewer misses than this on both levels say nothing of how they shrink. */
    private static final int FEWEST_MISSES = 8;

    private final Grid grid;
    private final Samples samples;
    private final Sampler sampler;
    private final double tolerance;
    private final BooleanSupplier stop;
    private final int columns;
    private final boolean[] planned;
    private final Map<SampledValue, PredictedField> fields = new EnumMap<>(SampledValue.class);

    /** The largest miss next to each point of the grid on the last level; NaN where none was tested. */
    private double[] lastMisses;

    private double caution = USUAL;

    /** @param stop as in {@link SurfaceEvaluator#fill} */
    AdaptiveFill(Grid grid, Samples samples, Sampler sampler, double tolerance, BooleanSupplier stop) {
        this.grid = grid;
        this.samples = samples;
        this.sampler = sampler;
        this.tolerance = tolerance;
        this.stop = stop;
        this.columns = grid.alpha().points();
        this.planned = new boolean[grid.size()];
        this.lastMisses = unknown(grid.size());
    }

    /**
     * Computes and interpolates, until the surface is complete or stopped.
     *
     * @param refined called after each level
     */
    void run(Runnable refined) {
        List<Lattice> levels = Lattice.levels(grid);
        Lattice coarsest = levels.get(0);
        if (!compute(places(coarsest, point -> true))) {
            return;
        }
        planned().forEach((name, values) -> fields.put(name, new PredictedField(values, name.isLoss(), columns)));
        each(field -> field.begin(coarsest));
        refined.run();
        for (int level = 1; level < levels.size(); level++) {
            if (!refine(levels.get(level - 1), levels.get(level))) {
                return;
            }
            interpolate(levels.get(level), false);
            refined.run();
        }
        Lattice finest = levels.get(levels.size() - 1);
        if (compute(places(finest, point -> isOff(finest, point)))) {
            interpolate(finest, true);
        }
    }

    private boolean compute(List<Integer> places) {
        places.forEach(place -> planned[place] = true);
        boolean whole = sampler.fill(samples, places, stop);
        Map<SampledValue, double[]> raw = planned();
        fields.forEach((name, field) -> field.update(raw.getOrDefault(name, new double[0])));
        return whole;
    }

    /** Without what an earlier call computed later: the next points must not depend on it. */
    private Map<SampledValue, double[]> planned() {
        Map<SampledValue, double[]> values = samples.computed();
        for (int place = 0; place < planned.length; place++) {
            if (!planned[place]) {
                for (double[] each : values.values()) {
                    each[place] = Double.NaN;
                }
            }
        }
        return values;
    }

    private List<Integer> places(Lattice lattice, IntPredicate chosen) {
        return points(lattice, chosen).stream()
                .map(point -> lattice.inGrid(point, columns))
                .toList();
    }

    private static List<Integer> points(Lattice lattice, IntPredicate chosen) {
        return IntStream.range(0, lattice.size()).filter(chosen).boxed().toList();
    }

    /** A level: centres and rim, then middles of edges. */
    private boolean refine(Lattice before, Lattice now) {
        each(field -> field.predict(before, now));
        boolean hasCentres = points(now, now::isCentre).size() > 0;
        List<Integer> first = points(
                now,
                point -> isOpen(now, point)
                        && (now.isCentre(point) || now.isRim(point) || !hasCentres)
                        && isOff(now, point));
        if (!test(now, first)) {
            return false;
        }
        each(field -> field.predictAcross(now, planned));
        List<Integer> second =
                points(now, point -> isOpen(now, point) && !now.isCentre(point) && isEdgeOff(now, point));
        if (!test(now, second)) {
            return false;
        }
        learn(now);
        each(field -> field.expect(now, planned, tolerance));
        each(field -> field.accept(now, planned));
        return true;
    }

    private boolean test(Lattice lattice, List<Integer> points) {
        boolean whole = compute(
                points.stream().map(point -> lattice.inGrid(point, columns)).toList());
        each(field -> field.test(lattice, points));
        return whole;
    }

    private boolean isOpen(Lattice lattice, int point) {
        return lattice.isNew(point) && !planned[lattice.inGrid(point, columns)];
    }

    /** Whether a loss is expected to be off by more than the tolerance. */
    private boolean isOff(Lattice lattice, int point) {
        int place = lattice.inGrid(point, columns);
        return !planned[place]
                && losses().stream()
                        .anyMatch(field -> field.isUnpredictable(point) || field.expected(place) > tolerance);
    }

    private boolean isEdgeOff(Lattice lattice, int point) {
        double next = losses().stream()
                .mapToDouble(field -> field.missNextTo(lattice, point))
                .filter(miss -> !Double.isNaN(miss))
                .max()
                .orElse(Double.NaN);
        if (Double.isNaN(next)) {
            return isOff(lattice, point);
        }
        return next > UNTESTED * tolerance
                || losses().stream()
                        .anyMatch(field ->
                                field.isUnpredictable(point) || field.disagreement(point) > UNTESTED * tolerance);
    }

    /** Compares the misses of this level with those of the last one at the same places. */
    private void learn(Lattice lattice) {
        double[] misses = unknown(planned.length);
        double now = 0;
        double before = 0;
        int count = 0;
        for (int point = 0; point < lattice.size(); point++) {
            int at = point;
            double miss =
                    losses().stream().mapToDouble(field -> field.miss(at)).reduce(Double.NaN, AdaptiveFill::larger);
            if (Double.isNaN(miss)) {
                continue;
            }
            double last = lastMisses[lattice.inGrid(point, columns)];
            if (Double.isFinite(miss) && Double.isFinite(last)) {
                now += miss * miss;
                before += last * last;
                count++;
            }
            int[] around = lattice.around(point, 1);
            for (int row = around[0]; row <= around[1]; row++) {
                for (int column = around[2]; column <= around[3]; column++) {
                    int place = row * columns + column;
                    misses[place] = larger(misses[place], miss);
                }
            }
        }
        if (count >= FEWEST_MISSES && before > 0) {
            caution = Math.max(caution, Math.sqrt(now / before) / SMOOTH);
        }
        lastMisses = misses;
    }

    /** @param last whether the surface is complete; before, a surface whose error may be all of its range is not shown */
    private void interpolate(Lattice lattice, boolean last) {
        double error = error(SampledValue.LOSS).orElseThrow();
        if (!last && !(error < 1)) {
            return;
        }
        int[] rows = IntStream.range(0, grid.beta().points()).toArray();
        int[] all = IntStream.range(0, columns).toArray();
        Map<SampledValue, double[]> values = new EnumMap<>(SampledValue.class);
        fields.forEach((name, field) -> values.put(name, field.everywhere(lattice, rows, all)));
        SurfaceInterpolation errors = new SurfaceInterpolation(
                tolerance,
                error,
                error(SampledValue.ACCURACY),
                error(SampledValue.VALIDATION_LOSS),
                error(SampledValue.VALIDATION_ACCURACY));
        samples.interpolate(values, errors, last);
    }

    /** The largest expected error of a field; larger by as much as misses shrink more slowly than a smooth function's. */
    private OptionalDouble error(SampledValue name) {
        PredictedField field = fields.get(name);
        if (field == null) {
            return OptionalDouble.empty();
        }
        double error = 0;
        for (int place = 0; place < planned.length; place++) {
            error = samples.has(place) ? error : Math.max(error, field.expected(place));
        }
        return OptionalDouble.of(caution * error);
    }

    private void each(Consumer<PredictedField> act) {
        fields.values().forEach(act);
    }

    /** The values that decide what is computed. */
    private List<PredictedField> losses() {
        return fields.values().stream().filter(PredictedField::isLoss).toList();
    }

    /** NaN where both are. */
    private static double larger(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
    }

    private static double[] unknown(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
