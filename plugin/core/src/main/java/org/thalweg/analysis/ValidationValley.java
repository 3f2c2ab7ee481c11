package org.thalweg.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.AbsentException;
import org.thalweg.direction.DirectionPair;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Slice;
import org.thalweg.surface.LossSurface;

/**
 * How far the lowest point of the validation surface lies from the minimizer: the Euclidean distance of their parameters. The
 * lowest point is that of a paraboloid fitted by least squares to the lowest computed point and its eight neighbours. Where its
 * minimum lies in another cell, as in narrow valleys or on coarse levels, it is fitted again around the grid point next to that
 * minimum, at most twice; where no cell has it, the lowest point is the computed one. At most 26 evaluations on the validation
 * probe, eight where the first cell is the one.
 *
 * @param origin of the plane, packed, {@code [P]}
 * @param theta the minimizer, packed, {@code [P]}
 */
record ValidationValley(INDArray origin, DirectionPair directions, INDArray theta) {

    private static final String NAME = "validation_valley_distance";

    /** Neighbours of a point along each axis. */
    private static final int[] STENCIL = {-1, 0, 1};

    private static final int MOVES = 2;

    /**
     * The distance as a quantity.
     *
     * @param validation the objective that the surface's validation losses are of; null for none
     */
    PlaneQuantities quantities(LossSurface surface, @Nullable Objective validation) {
        Optional<double[][]> losses = surface.validationLoss();
        if (validation == null || losses.isEmpty()) {
            return PlaneQuantities.NONE;
        }
        try {
            double[] lowest = lowest(surface, losses.get(), validation);
            return new PlaneQuantities(Map.of(NAME, distance(lowest[0], lowest[1])), Map.of());
        } catch (AbsentException e) {
            return new PlaneQuantities(Map.of(), Map.of(NAME, e.reason()));
        }
    }

    /** |origin + alpha delta + beta eta - theta|. */
    private double distance(double alpha, double beta) {
        try (INDArray there = directions.delta().mul(alpha);
                INDArray along = directions.eta().mul(beta)) {
            return InnerProducts.norm(there.addi(along).addi(origin).subi(theta));
        }
    }

    /** The coordinates of the lowest point. */
    private double[] lowest(LossSurface surface, double[][] losses, Objective validation) {
        double[] alpha = surface.grid().alpha().coordinates();
        double[] beta = surface.grid().beta().coordinates();
        boolean[][] evaluated = surface.evaluated();
        int row = -1;
        int column = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < beta.length; i++) {
            for (int j = 0; j < alpha.length; j++) {
                if (evaluated[i][j] && losses[i][j] < least) {
                    least = losses[i][j];
                    row = i;
                    column = j;
                }
            }
        }
        if (row < 0) {
            throw new AbsentException("validation: no loss on the surface is finite");
        }
        if (row == 0 || column == 0 || row == beta.length - 1 || column == alpha.length - 1) {
            throw new AbsentException("validation: the loss is lowest at the edge of the surface, take a larger range");
        }
        int atRow = row;
        int atColumn = column;
        for (int move = 0; move <= MOVES; move++) {
            double[] offset = offset(stencil(surface, losses, atRow, atColumn, validation));
            if (Double.isNaN(offset[0])) {
                break;
            }
            if (Math.abs(offset[0]) <= 1 && Math.abs(offset[1]) <= 1) {
                return new double[] {
                    alpha[atColumn] + offset[0] * (alpha[atColumn + 1] - alpha[atColumn]),
                    beta[atRow] + offset[1] * (beta[atRow + 1] - beta[atRow])
                };
            }
            atRow = inside(atRow + offset[1], beta.length);
            atColumn = inside(atColumn + offset[0], alpha.length);
        }
        return new double[] {alpha[column], beta[row]};
    }

    /** The nearest place that has neighbours. */
    private static int inside(double place, int places) {
        return (int) Math.max(1, Math.min(places - 2, Math.round(place)));
    }

    /** The losses around a point, of rows and columns; those that the surface lacks are computed. */
    private double[][] stencil(LossSurface surface, double[][] losses, int row, int column, Objective validation) {
        double[] alpha = surface.grid().alpha().coordinates();
        double[] beta = surface.grid().beta().coordinates();
        boolean[][] evaluated = surface.evaluated();
        double[][] values = new double[STENCIL.length][STENCIL.length];
        List<int[]> missing = new ArrayList<>();
        for (int i : STENCIL) {
            for (int j : STENCIL) {
                values[1 + i][1 + j] = losses[row + i][column + j];
                if (!evaluated[row + i][column + j]) {
                    missing.add(new int[] {i, j});
                }
            }
        }
        if (missing.isEmpty()) {
            return values;
        }
        double[][] points = missing.stream()
                .map(place -> new double[] {alpha[column + place[1]], beta[row + place[0]]})
                .toArray(double[][]::new);
        try (Slice slice = validation.slice(origin, directions.plane())) {
            ObjectiveValue[] found = slice.evaluate(points);
            for (int i = 0; i < found.length; i++) {
                int[] place = missing.get(i);
                values[1 + place[0]][1 + place[1]] = found[i].loss();
            }
        }
        return values;
    }

    /**
     * The minimum of the least-squares paraboloid on a stencil, in cells along alpha and beta from its centre; NaN where there is
     * none.
     */
    static double[] offset(double[][] values) {
        double slopeX = 0;
        double slopeY = 0;
        double mixed = 0;
        double squaresX = 0;
        double squaresY = 0;
        double sum = 0;
        for (int y : STENCIL) {
            for (int x : STENCIL) {
                double value = values[1 + y][1 + x];
                slopeX += x * value / 6;
                slopeY += y * value / 6;
                mixed += x * y * value / 4;
                squaresX += x * x * value;
                squaresY += y * y * value;
                sum += value;
            }
        }
        // Second derivatives: twice the coefficients of x^2 and y^2.
        double bendX = squaresX - 2 * sum / 3;
        double bendY = squaresY - 2 * sum / 3;
        double determinant = bendX * bendY - mixed * mixed;
        double x = (mixed * slopeY - bendY * slopeX) / determinant;
        double y = (mixed * slopeX - bendX * slopeY) / determinant;
        return bendX > 0 && determinant > 0 ? new double[] {x, y} : new double[] {Double.NaN, Double.NaN};
    }
}
