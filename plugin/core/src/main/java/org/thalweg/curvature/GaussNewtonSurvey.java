package org.thalweg.curvature;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;

/** Looks at the Gauss-Newton matrix beside a Hessian that has been looked at. */
final class GaussNewtonSurvey {

    private GaussNewtonSurvey() {}

    /**
     * @param matrix the open Gauss-Newton matrix
     * @param top the Hessian's eigenpair of lambda_max
     */
    static GaussNewtonReport of(LinearOperator matrix, EigenPair top, CurvatureOptions options) {
        LanczosResult found = new Lanczos(options.lanczos().withEnds(1, 0).withEigenvectors(false)).run(matrix);
        Optional<TraceEstimate> trace = options.trace().map(how -> TraceEstimator.estimate(matrix, how));
        Optional<INDArray> vector = Optional.ofNullable(top.vector()).filter(known -> top.converged());
        double share = vector.map(known -> share(matrix, known, top.value())).orElse(Double.NaN);
        long products = (long) found.info().products()
                + trace.map(TraceEstimate::products).orElse(0)
                + vector.stream().count();
        return new GaussNewtonReport(found.largest().get(0), share, trace, products);
    }

    private static double share(LinearOperator matrix, INDArray vector, double value) {
        try (INDArray product = matrix.multiply(vector)) {
            return InnerProducts.dot(vector, product) / value;
        }
    }
}
