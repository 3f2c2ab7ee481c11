package org.thalweg.surface;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.objective.ObjectiveValue;

/**
 * Values of an objective on a grid, filled point by point; row = beta (direction eta), column = alpha (direction
 * delta). Points that were not computed are interpolated if {@link #interpolation()} is present, and NaN otherwise. Arrays are {@code [beta points][alpha points]}, copies. Not
 * thread-safe.
 *
 * @since 0.2.0
 */
public final class LossSurface extends LossValues<double[][]> {

    private final Grid grid;

    private LossSurface(Grid grid, Samples samples) {
        super(samples);
        this.grid = grid;
    }

    /**
     * A surface without any computed point.
     *
     * @param validated whether it will have values on a validation probe
     */
    public static LossSurface empty(Grid grid, boolean validated) {
        return new LossSurface(grid, new Samples(grid.size(), validated));
    }

    /**
     * A partly computed surface, to be continued.
     *
     * @param evaluated which points are computed
     * @param loss on the training probe; entries of missing points are ignored
     * @param accuracy percent on the training probe; empty for regression
     * @param validationLoss on the validation probe; empty without one
     * @param validationAccuracy percent on the validation probe; empty for regression or without a probe
     * @throws IllegalArgumentException if an array does not have the grid's shape
     */
    public static LossSurface of(
            Grid grid,
            boolean[][] evaluated,
            double[][] loss,
            Optional<double[][]> accuracy,
            Optional<double[][]> validationLoss,
            Optional<double[][]> validationAccuracy) {
        int columns = grid.alpha().points();
        boolean[] flags = new boolean[grid.size()];
        for (int row = 0; row < evaluated.length; row++) {
            if (evaluated.length != grid.beta().points() || evaluated[row].length != columns) {
                throw new IllegalArgumentException("points of a surface must be those of its grid, " + columns + " x "
                        + grid.beta().points() + ", got " + evaluated[row].length + " x " + evaluated.length);
            }
            System.arraycopy(evaluated[row], 0, flags, row * columns, columns);
        }
        return new LossSurface(
                grid,
                Samples.of(
                        flags,
                        flat(loss),
                        accuracy.map(LossSurface::flat),
                        validationLoss.map(LossSurface::flat),
                        validationAccuracy.map(LossSurface::flat)));
    }

    public Grid grid() {
        return grid;
    }

    /** Which points are computed. */
    public boolean[][] evaluated() {
        boolean[] flags = samples().evaluated();
        int columns = grid.alpha().points();
        boolean[][] rows = new boolean[grid.beta().points()][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(flags, row * columns, (row + 1) * columns));
        return rows;
    }

    /** How far the interpolated points may be off; empty if there are none. */
    public Optional<SurfaceInterpolation> interpolation() {
        return samples().interpolation();
    }

    /**
     * The value at (0, 0), the parameters themselves.
     *
     * @throws IllegalArgumentException if it is not a point of the grid
     */
    public ObjectiveValue center() {
        return samples().train(centerIndex());
    }

    /** The validation probe's value at (0, 0); NaN without a probe. */
    public ObjectiveValue validationCenter() {
        return samples().validation(centerIndex());
    }

    private int centerIndex() {
        int[] center = grid.requireCenter().center().orElseThrow();
        return center[0] * grid.alpha().points() + center[1];
    }

    @Override
    double[][] shaped(double[] values) {
        int columns = grid.alpha().points();
        double[][] rows = new double[grid.beta().points()][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
        return rows;
    }

    private static double[] flat(double[][] rows) {
        return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
