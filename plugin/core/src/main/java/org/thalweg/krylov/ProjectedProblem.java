package org.thalweg.krylov;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The operator in the coordinates of the basis: C with H V = V C + beta v e^T, v the vector after the basis.
 *
 * <p>In exact arithmetic C is symmetric: diagonal where Ritz vectors were kept, with one row and column of couplings to
 * the first new vector (an arrow), tridiagonal from there on (Wu and Simon 2000, eq. 10). Here it holds the
 * coefficients that were removed from each product, including rounding. Ritz pairs are those of its symmetric part. The
 * difference between C times a Ritz vector and the Ritz value times the vector belongs to the residual: it comes from
 * the antisymmetric part of C and from the rounding of the eigensolver. Residuals therefore hold for the actual
 * vectors, which are orthogonal only up to float rounding, and for the actual operator, which may not be symmetric.
 */
final class ProjectedProblem {

    private final double[][] c;
    /** Norm of the part of column j of H V that lies outside the basis and the vector after it. */
    private final double[] defects;

    ProjectedProblem(int capacity) {
        c = new double[capacity][capacity];
        defects = new double[capacity];
    }

    /** The known leading entries of column j of C. */
    void column(int j, double... values) {
        for (int i = 0; i < values.length; i++) {
            c[i][j] = values[i];
        }
    }

    /** Sets the coupling of vector j to a later vector i, if vector i fits. */
    void couple(int j, int i, double value) {
        if (i < c.length) {
            c[i][j] = value;
        }
    }

    void defect(int j, double norm) {
        defects[j] = norm;
    }

    /** Eigenpairs of the leading block of the given size. */
    Ritz solve(int size) {
        double[][] symmetric = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                symmetric[i][j] = (c[i][j] + c[j][i]) / 2;
            }
        }
        EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(symmetric, false));
        double[][] coordinates = new double[size][];
        double[] errors = new double[size];
        for (int i = 0; i < size; i++) {
            coordinates[i] = decomposition.getEigenvector(i).toArray();
            errors[i] = error(decomposition.getRealEigenvalue(i), coordinates[i]);
        }
        return new Ritz(decomposition.getRealEigenvalues(), coordinates, errors);
    }

    /** ||C s - theta s||, including the part outside the basis. */
    private double error(double theta, double[] s) {
        double squares = 0;
        for (int i = 0; i < s.length; i++) {
            double sum = -theta * s[i];
            for (int j = 0; j < s.length; j++) {
                sum += c[i][j] * s[j];
            }
            squares += sum * sum + s[i] * defects[i] * s[i] * defects[i];
        }
        return Math.sqrt(squares);
    }

    /**
     * Eigenpairs of the projected operator.
     *
     * @param values descending
     * @param coordinates of the Ritz vectors in the basis, one row each, orthonormal
     * @param errors norm of each residual's part that does not lie along the vector after the basis
     */
    record Ritz(double[] values, double[][] coordinates, double[] errors) {

        static final Ritz NONE = new Ritz(new double[0], new double[0][], new double[0]);

        int size() {
            return values.length;
        }

        /** Component of Ritz vector i along the newest vector of the basis. */
        double last(int i) {
            return coordinates[i][values.length - 1];
        }

        /** Largest absolute Ritz value, a lower bound of the operator's norm. */
        double norm() {
            return Arrays.stream(values).map(Math::abs).max().orElse(0);
        }
    }
}
