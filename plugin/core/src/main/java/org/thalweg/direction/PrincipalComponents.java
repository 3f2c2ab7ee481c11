package org.thalweg.direction;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;

/**
 * Principal components of a trajectory through the parameters: the directions in which it varies most (Li et al.,
 * "Visualizing the Loss Landscape of Neural Nets", NeurIPS 2018, section 7).
 *
 * <p>The rows x_i = theta_i - theta_n, the differences to the final point with the final point's own zero among them,
 * are centred at their mean, as in the reference implementation and scikit-learn's {@code PCA}. With n snapshots of P
 * parameters and n far below P, the eigenvectors u of the n x n matrix of inner products of the centred rows give the
 * components v = X^T u / ||X^T u||. Inner products are summed in double; time O(n^2 P), memory one vector for each
 * component.
 *
 * @param directions unit vectors, packed, each {@code [P]}, the one of the largest variance first. Signs are chosen so
 *     that the trajectory starts on the positive side.
 * @param explainedVariance variance along each, with n - 1 in the denominator
 * @param explainedVarianceRatio share of the total variance along each, 0 to 1
 * @param singularValues of the centred rows, along each
 * @since 0.2.0
 */
public record PrincipalComponents(
        List<INDArray> directions,
        double[] explainedVariance,
        double[] explainedVarianceRatio,
        double[] singularValues) {

    /**
     * Components of a trajectory.
     *
     * @param snapshots parameters in the order of training, packed, each {@code [P]}; the last is the final point
     * @param count number of components, at most one less than the number of snapshots
     * @throws IllegalArgumentException if the snapshots are too few, of different lengths, or vary in fewer directions
     */
    public static PrincipalComponents of(List<INDArray> snapshots, int count) {
        int n = snapshots.size();
        if (count < 1 || n < count + 1) {
            throw new IllegalArgumentException(count + " principal components need at least " + (count + 1)
                    + " snapshots of a trajectory, got " + n + ": record weights more often");
        }
        requireOneLength(snapshots);
        RealMatrix products = centred(products(snapshots));
        EigenDecomposition decomposition = new EigenDecomposition(products);
        double total = Math.max(products.getTrace(), Double.MIN_NORMAL);
        List<INDArray> directions = new ArrayList<>();
        double[] variance = new double[count];
        double[] ratio = new double[count];
        double[] singular = new double[count];
        for (int k = 0; k < count; k++) {
            double eigenvalue = decomposition.getRealEigenvalue(k);
            // A variance of zero can appear this large after rounding in the inner products.
            if (!(eigenvalue > n * InnerProducts.epsilon(snapshots.get(0).dataType()) * total)) {
                throw new IllegalArgumentException("the trajectory varies in only " + k + " directions where " + count
                        + " were requested: its snapshots are the same, or lie on a line");
            }
            singular[k] = Math.sqrt(eigenvalue);
            variance[k] = eigenvalue / (n - 1);
            ratio[k] = eigenvalue / total;
            directions.add(component(snapshots, decomposition.getEigenvector(k).toArray()));
        }
        return new PrincipalComponents(directions, variance, ratio, singular);
    }

    private static void requireOneLength(List<INDArray> snapshots) {
        long parameters = snapshots.get(0).length();
        for (INDArray snapshot : snapshots) {
            if (snapshot.length() != parameters) {
                throw new IllegalArgumentException("snapshots of one trajectory must have the same parameters, got "
                        + parameters + " and " + snapshot.length());
            }
        }
    }

    /** Inner products of the differences to the final point, which lose no digits to the common part of all points. */
    private static RealMatrix products(List<INDArray> snapshots) {
        int n = snapshots.size();
        INDArray last = snapshots.get(n - 1);
        RealMatrix products = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n - 1; i++) {
            try (INDArray row = snapshots.get(i).sub(last)) {
                for (int j = 0; j <= i; j++) {
                    try (INDArray other = snapshots.get(j).sub(last)) {
                        double product = InnerProducts.dot(row, other);
                        products.setEntry(i, j, product);
                        products.setEntry(j, i, product);
                    }
                }
            }
        }
        return products;
    }

    /** The same for rows minus their mean: G - 1 m^T - m 1^T + mean(m), where m are the means of the rows of G. */
    private static RealMatrix centred(RealMatrix products) {
        int n = products.getRowDimension();
        double[] means = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            for (double product : products.getRow(i)) {
                means[i] += product / n;
            }
            mean += means[i] / n;
        }
        RealMatrix centred = products.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                centred.addToEntry(i, j, mean - means[i] - means[j]);
            }
        }
        return centred;
    }

    /** X^T u of the centred rows, normalized; u sums to zero, so neither mean nor final point matters. */
    private static INDArray component(List<INDArray> snapshots, double[] weights) {
        INDArray last = snapshots.get(snapshots.size() - 1);
        INDArray direction = last.like();
        for (int i = 0; i < weights.length - 1; i++) {
            try (INDArray row = snapshots.get(i).sub(last)) {
                direction.addi(row.muli(weights[i]));
            }
        }
        try (INDArray start = snapshots.get(0).sub(last)) {
            double sign = InnerProducts.dot(start, direction) < 0 ? -1 : 1;
            return direction.muli(sign / InnerProducts.norm(direction));
        }
    }
}
