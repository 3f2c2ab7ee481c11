package org.thalweg.surface;

import java.util.Arrays;
import java.util.List;

/**
 * One of a surface's values, predicted from level to level. All arithmetic is on values as they are drawn: losses that
 * are all positive in their logarithm, everything else as it is. Errors are shares of the drawn range.
 */
final class PredictedField {

    /** Points that may be spikes, which pictures cut off. */
    private static final double SPIKES = 0.01;

    /**
     * How much of a miss is left at half the spacing, as an upper estimate: that of a kink. Away from kinks it is a
     * sixteenth.
     */
    static final double HALVED = 0.5;

    /** Points of a level, half of them new, on each side of one that reach the two slopes next to it. */
    private static final int NEAR = 8;

    /** The share of a knot's error that reaches predictions one gap further, through the slope between the two. */
    private static final double FURTHER = 0.1;

    private final boolean isLoss;
    private final boolean logarithmic;
    private final int gridColumns;

    /** As drawn, at each point of the grid; NaN where it is not computed or not finite. */
    private double[] computed;

    /** At the points of the level before: computed or predicted. */
    private double[][] known = {};

    private double[] predicted = {};
    private double[] miss = {};
    private double[] disagreement = {};
    private double range;

    /** Expected error at each point of the grid if it is predicted from the present level. */
    private final double[] expected;

    /**
     * @param raw values, NaN where they are not computed; the coarsest level is
     * @param isLoss whether it may be drawn in its logarithm
     */
    PredictedField(double[] raw, boolean isLoss, int gridColumns) {
        this.isLoss = isLoss;
        this.logarithmic = isLoss && Arrays.stream(raw).filter(Double::isFinite).allMatch(value -> value > 0);
        this.gridColumns = gridColumns;
        this.expected = new double[raw.length];
        Arrays.fill(expected, Double.POSITIVE_INFINITY);
        computed = drawn(raw);
    }

    boolean isLoss() {
        return isLoss;
    }

    /** Takes newly computed values. */
    void update(double[] raw) {
        computed = drawn(raw);
    }

    private double[] drawn(double[] raw) {
        return Arrays.stream(raw)
                .map(value -> !Double.isFinite(value) || (logarithmic && value <= 0)
                        ? Double.NaN
                        : logarithmic ? Math.log(value) : value)
                .toArray();
    }

    /** Starts a level with predictions from the one before. */
    void predict(Lattice before, Lattice now) {
        range = range(computed);
        double[][] grid = LocalCubic.interpolate(before.rows(), before.columns(), known, now.rows(), now.columns());
        predicted = Arrays.stream(grid).flatMapToDouble(Arrays::stream).toArray();
        miss = new double[now.size()];
        Arrays.fill(miss, Double.NaN);
        disagreement = new double[now.size()];
    }

    /** From the lowest computed value to the one that 1 % of them exceed. */
    private static double range(double[] values) {
        double[] finite =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return finite.length == 0 ? 0 : finite[(int) ((finite.length - 1) * (1 - SPIKES))] - finite[0];
    }

    /** Whether a point's prediction is not finite, next to a value that is not. */
    boolean isUnpredictable(int point) {
        return !Double.isFinite(predicted[point]);
    }

    /** Compares the predictions of points with their computed values. */
    void test(Lattice lattice, List<Integer> points) {
        for (int point : points) {
            miss[point] = share(computed[lattice.inGrid(point, gridColumns)] - predicted[point]);
        }
    }

    private double share(double deviation) {
        return deviation == 0 ? 0 : Double.isFinite(deviation) ? Math.abs(deviation) / range : Double.POSITIVE_INFINITY;
    }

    /** Error of a tested point's prediction; NaN for others. */
    double miss(int point) {
        return miss[point];
    }

    /** The largest miss next to a point; NaN if no neighbour was tested. */
    double missNextTo(Lattice lattice, int point) {
        return lattice.neighbours(point).stream()
                .mapToDouble(neighbour -> miss[neighbour])
                .filter(found -> !Double.isNaN(found))
                .max()
                .orElse(Double.NaN);
    }

    /** Difference of a point's two predictions, along the edge that it halves and across that edge; 0 with only one. */
    double disagreement(int point) {
        return disagreement[point];
    }

    /**
     * Predicts the middles of edges a second time, across the edge from the new points on both of its sides, and takes
     * the mean of both predictions.
     */
    void predictAcross(Lattice lattice, boolean[] planned) {
        double[][] values = current(lattice, planned);
        for (int point = 0; point < lattice.size(); point++) {
            if (!lattice.isNew(point) || lattice.isCentre(point) || lattice.isRim(point)) {
                continue;
            }
            double across = across(lattice, values, lattice.row(point), lattice.column(point));
            if (Double.isFinite(across)) {
                disagreement[point] = share(across - predicted[point]);
                predicted[point] = (across + predicted[point]) / 2;
            }
        }
    }

    private static double across(Lattice lattice, double[][] values, int row, int column) {
        boolean vertical = lattice.newColumns()[column];
        boolean[] isNew = vertical ? lattice.newRows() : lattice.newColumns();
        int at = vertical ? row : column;
        if (!isNew[at - 1] || !isNew[at + 1]) {
            return Double.NaN;
        }
        int[] places = vertical ? lattice.rows() : lattice.columns();
        int[] knots = new int[2 * NEAR + 1];
        double[] found = new double[2 * NEAR + 1];
        int count = 0;
        for (int i = Math.max(0, at - NEAR); i < Math.min(places.length, at + NEAR + 1); i++) {
            if (isNew[i]) {
                knots[count] = places[i];
                found[count++] = vertical ? values[i][column] : values[row][i];
            }
        }
        return LocalCubic.interpolate(Arrays.copyOf(knots, count), Arrays.copyOf(found, count), new int[] {places[at]})[
                0];
    }

    /** Computed where it was planned, predicted elsewhere. */
    private double[][] current(Lattice lattice, boolean[] planned) {
        int columns = lattice.columns().length;
        double[][] values = new double[lattice.rows().length][columns];
        for (int point = 0; point < lattice.size(); point++) {
            int place = lattice.inGrid(point, gridColumns);
            values[point / columns][point % columns] = planned[place] ? computed[place] : predicted[point];
        }
        return values;
    }

    /** Takes a level as known, after everything planned of it is computed. */
    void accept(Lattice lattice, boolean[] planned) {
        known = current(lattice, planned);
    }

    /** Takes the coarsest level, which is computed, as known. */
    void begin(Lattice coarsest) {
        predicted = new double[coarsest.size()];
        boolean[] all = new boolean[computed.length];
        Arrays.fill(all, true);
        accept(coarsest, all);
    }

    /**
     * Expects errors from what the level's tests have shown: around a tested point a part of its miss, at an edge's
     * middle that was left out as much as its neighbours missed.
     *
     * @param tolerance below which a miss does not matter to points further away
     */
    void expect(Lattice lattice, boolean[] planned, double tolerance) {
        double[] found = new double[expected.length];
        boolean[] seen = new boolean[expected.length];
        for (int point = 0; point < lattice.size(); point++) {
            if (!Double.isNaN(miss[point])) {
                raise(found, lattice.around(point, 1), HALVED * miss[point]);
                mark(seen, lattice.around(point, 1));
            }
        }
        for (int place = 0; place < expected.length; place++) {
            expected[place] = seen[place] ? found[place] : Double.isInfinite(expected[place]) ? 0 : expected[place];
        }
        for (int point = 0; point < lattice.size(); point++) {
            if (FURTHER * miss[point] > tolerance) {
                raise(expected, lattice.around(point, 2), FURTHER * miss[point]);
            }
        }
        for (int point = 0; point < lattice.size(); point++) {
            int place = lattice.inGrid(point, gridColumns);
            double next = missNextTo(lattice, point);
            if (lattice.isNew(point) && !planned[place] && !Double.isNaN(next)) {
                expected[place] = Math.max(next, disagreement[point]);
            }
        }
    }

    private void raise(double[] errors, int[] around, double error) {
        for (int row = around[0]; row <= around[1]; row++) {
            for (int column = around[2]; column <= around[3]; column++) {
                int place = row * gridColumns + column;
                errors[place] = Math.max(errors[place], error);
            }
        }
    }

    private void mark(boolean[] places, int[] around) {
        for (int row = around[0]; row <= around[1]; row++) {
            Arrays.fill(places, row * gridColumns + around[2], row * gridColumns + around[3] + 1, true);
        }
    }

    /** Expected error at a point of the grid. */
    double expected(int place) {
        return expected[place];
    }

    /** The present level interpolated on the whole grid, as values that are recorded. */
    double[] everywhere(Lattice lattice, int[] rows, int[] columns) {
        double[][] drawn = LocalCubic.interpolate(lattice.rows(), lattice.columns(), known, rows, columns);
        return Arrays.stream(drawn)
                .flatMapToDouble(Arrays::stream)
                .map(value -> logarithmic ? Math.exp(value) : isLoss ? value : Math.max(0, Math.min(100, value)))
                .toArray();
    }
}
