package org.thalweg.krylov;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operators with known eigenvalues: a diagonal, {@code [n]}, or a matrix, {@code [n, n]}. Counts its products. */
public final class MatrixOperator implements Nd4jOperator {

    private final INDArray matrix;
    private int products;

    private MatrixOperator(INDArray matrix) {
        this.matrix = matrix;
    }

    /** diag(values), rounded to the type. */
    public static MatrixOperator diagonal(DataType type, double... values) {
        return new MatrixOperator(Nd4j.createFromArray(values).castTo(type));
    }

    public static MatrixOperator dense(DataType type, double[][] values) {
        return new MatrixOperator(Nd4j.createFromArray(values).castTo(type));
    }

    /** A full symmetric matrix of independent standard normal elements. */
    public static double[][] randomSymmetric(int n, SplittableRandom random) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextGaussian();
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    @Override
    public long dimension() {
        return matrix.size(0);
    }

    @Override
    public DataType dataType() {
        return matrix.dataType();
    }

    @Override
    public INDArray multiply(INDArray vectors) {
        return Nd4jOperator.eachRow(vectors, vector -> {
            products++;
            return times(matrix, vector);
        });
    }

    public int products() {
        return products;
    }

    /** ||H v - value v||, computed in double. */
    public double trueResidual(EigenPair pair) {
        INDArray vector = Arrays.asList(pair.vector()).get(0).castTo(DataType.DOUBLE);
        INDArray product = times(matrix.castTo(DataType.DOUBLE), vector);
        return product.subi(vector.mul(pair.value())).norm2Number().doubleValue();
    }

    private static INDArray times(INDArray matrix, INDArray vector) {
        long n = vector.length();
        return matrix.rank() == 1
                ? matrix.mul(vector)
                : matrix.mmul(vector.reshape(n, 1)).reshape(n);
    }
}
