package org.thalweg.curvature;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.frame.EstimateValues;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.LanczosResult;

/**
 * v^T A v for the Hessian's unit eigenvector v of lambda_max: the Rayleigh quotient of a matrix A in the direction of
 * the loss's largest curvature. One product.
 *
 * @param eigenvalues the estimator that found the eigenvector
 * @since 0.2.0
 */
public record TopDirectionCurvature(ExtremeEigenvalues eigenvalues) implements CurvatureEstimator<Double> {

    @Override
    public String name() {
        return "top_direction";
    }

    @Override
    public Double estimate(NamedOperator operator, CurvaturePoint point) {
        EigenPair top = point.found(CurvatureOperator.HESSIAN.name(), eigenvalues)
                .map(LanczosResult::largest)
                .flatMap(pairs -> pairs.stream().findFirst())
                .orElseThrow(() -> new AbsentException(CurvatureQuantity.OFF));
        INDArray v = Optional.ofNullable(top.vector())
                .filter(known -> top.converged())
                .orElseThrow(() -> new AbsentException("unconverged"));
        try (INDArray product = operator.matrix().multiply(v)) {
            return InnerProducts.dot(v, product);
        }
    }

    @Override
    public EstimateValues values(Double curvature) {
        return new EstimateValues(Map.of("value", curvature), Map.of());
    }

    @Override
    public long products(Double curvature) {
        return 1;
    }
}
