package org.thalweg.krylov;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The operator in the coordinates of the basis: T = V^T H V, diagonal where Ritz vectors were kept, with one row and
 * column of couplings to the first new vector (an arrow), tridiagonal from there on (Wu and Simon 2000, eq. 10).
 */
final class ProjectedProblem {

    private final double[][] t;

    ProjectedProblem(int capacity) {
        t = new double[capacity][capacity];
    }

    void diagonal(int i, double value) {
        t[i][i] = value;
    }

    void couple(int i, int j, double value) {
        t[i][j] = value;
        t[j][i] = value;
    }

    /** Eigenpairs of the leading block of the given size. */
    Ritz solve(int size) {
        double[][] block = new double[size][];
        for (int i = 0; i < size; i++) {
            block[i] = Arrays.copyOf(t[i], size);
        }
        EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(block, false));
        double[][] coordinates = new double[size][];
        for (int i = 0; i < size; i++) {
            coordinates[i] = decomposition.getEigenvector(i).toArray();
        }
        return new Ritz(decomposition.getRealEigenvalues(), coordinates);
    }

    /**
     * Eigenpairs of the projected operator.
     *
     * @param values descending
     * @param coordinates of the Ritz vectors in the basis, one row each, orthonormal
     */
    record Ritz(double[] values, double[][] coordinates) {

        int size() {
            return values.length;
        }

        /** Component of Ritz vector i along the newest vector of the basis. */
        double last(int i) {
            return coordinates[i][values.length - 1];
        }

        /** Largest absolute Ritz value, a lower bound of the operator's norm. */
        double norm() {
            return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        }
    }
}
