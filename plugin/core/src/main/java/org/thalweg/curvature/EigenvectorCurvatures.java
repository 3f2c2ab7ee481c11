package org.thalweg.curvature;

import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;

/**
 * v^T A v for each unit eigenvector v of the frame's Hessian: on {@link CurvatureOperator#VALIDATION} the eigenvalues without the
 * bias of eigenvectors that are fitted to the probe (L. Tatzel et al. 2024, arXiv 2410.14325). One product each.
 *
 * @param ends the estimator that found the eigenvectors
 * @since 0.2.0
 */
public record EigenvectorCurvatures(ExtremeEigenvalues ends) implements CurvatureEstimator<double[]> {

    @Override
    public String name() {
        return "eigenvector_curvatures";
    }

    /** The curvatures, those of the largest eigenvalues first; NaN without an eigenvector. */
    @Override
    public double[] estimate(NamedOperator operator, CurvaturePoint point) {
        LanczosResult found = point.found(CurvatureOperator.HESSIAN.name(), ends)
                .orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF));
        return Stream.concat(found.largest().stream(), found.smallest().stream())
                .map(EigenPair::vector)
                .mapToDouble(v -> v == null ? Double.NaN : along(operator.matrix(), v))
                .toArray();
    }

    private static double along(LinearOperator matrix, INDArray vector) {
        INDArray v = vector.castTo(matrix.dataType());
        try (INDArray product = matrix.multiply(v)) {
            return InnerProducts.dot(v, product);
        }
    }

    @Override
    public EstimateValues values(double[] curvatures) {
        return new EstimateValues(Map.of("products", (double) curvatures.length), Map.of("values", curvatures));
    }

    @Override
    public long products(double[] curvatures) {
        return curvatures.length;
    }
}
