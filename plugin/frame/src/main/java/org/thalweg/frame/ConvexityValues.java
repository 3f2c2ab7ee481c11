package org.thalweg.frame;

import java.util.Arrays;

/**
 * The extreme eigenvalues of the Hessian at points of a surface's grid (Li et al., "Visualizing the Loss Landscape of
 * Neural Nets", NeurIPS 2018, section 6). Where |lambda_min / lambda_max| is small, the loss is nearly convex around the
 * point in all directions, not only in the plane. Arrays are {@code [ny][nx]}, row = beta, column = alpha, as those of the
 * surface. Immutable; accessors copy.
 *
 * @param evaluated which points were evaluated; the others hold NaN, no convergence and no products
 * @param smallest lambda_min; NaN also where the Hessian could not be evaluated
 * @param largest lambda_max
 * @param smallestResidual distance from lambda_min within which an eigenvalue lies
 * @param largestResidual distance from lambda_max within which an eigenvalue lies
 * @param converged whether both eigenvalues are within the tolerance
 * @param products Hessian-vector products taken
 * @since 0.2.0
 */
public record ConvexityValues(
        boolean[][] evaluated,
        double[][] smallest,
        double[][] largest,
        double[][] smallestResidual,
        double[][] largestResidual,
        boolean[][] converged,
        int[][] products) {

    public ConvexityValues {
        evaluated = copy(evaluated);
        smallest = copy(smallest);
        largest = copy(largest);
        smallestResidual = copy(smallestResidual);
        largestResidual = copy(largestResidual);
        converged = copy(converged);
        products = Arrays.stream(products).map(int[]::clone).toArray(int[][]::new);
        int[] shape = {evaluated.length, evaluated.length == 0 ? 0 : evaluated[0].length};
        for (Object[] rows :
                new Object[][] {smallest, largest, smallestResidual, largestResidual, converged, products}) {
            if (rows.length != shape[0]
                    || Arrays.stream(rows).anyMatch(row -> java.lang.reflect.Array.getLength(row) != shape[1])) {
                throw new IllegalArgumentException(
                        "all arrays of a convexity map must be [" + shape[0] + "][" + shape[1] + "]");
            }
        }
    }

    /** |lambda_min / lambda_max| at each point. */
    public double[][] ratio() {
        double[][] ratio = smallest();
        for (int row = 0; row < ratio.length; row++) {
            for (int column = 0; column < ratio[row].length; column++) {
                ratio[row][column] = Math.abs(ratio[row][column] / largest[row][column]);
            }
        }
        return ratio;
    }

    @Override
    public boolean[][] evaluated() {
        return copy(evaluated);
    }

    @Override
    public double[][] smallest() {
        return copy(smallest);
    }

    @Override
    public double[][] largest() {
        return copy(largest);
    }

    @Override
    public double[][] smallestResidual() {
        return copy(smallestResidual);
    }

    @Override
    public double[][] largestResidual() {
        return copy(largestResidual);
    }

    @Override
    public boolean[][] converged() {
        return copy(converged);
    }

    @Override
    public int[][] products() {
        return Arrays.stream(products).map(int[]::clone).toArray(int[][]::new);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static boolean[][] copy(boolean[][] rows) {
        return Arrays.stream(rows).map(boolean[]::clone).toArray(boolean[][]::new);
    }
}
