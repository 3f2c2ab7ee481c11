package org.thalweg.curvature;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.Vectors;
import org.thalweg.objective.Hessian;

/** Looks at the Gauss-Newton matrix beside a Hessian that has been looked at. */
final class GaussNewtonSurvey {

    private GaussNewtonSurvey() {}

    /**
     * @param matrix the open Gauss-Newton matrix
     * @param top the Hessian's eigenpair of lambda_max
     */
    static GaussNewtonReport of(Hessian matrix, EigenPair top, CurvatureOptions options) {
        HessianOperator operator = new HessianOperator(matrix);
        LanczosResult found = new Lanczos(options.lanczos().withEnds(1, 0).withEigenvectors(false)).run(operator);
        Optional<TraceEstimate> trace = options.trace().map(how -> TraceEstimator.estimate(operator, how));
        double share = share(operator, top);
        return new GaussNewtonReport(found.largest().get(0), share, trace, operator.products());
    }

    private static double share(HessianOperator operator, EigenPair top) {
        @Nullable INDArray vector = top.vector();
        if (vector == null || !top.converged()) {
            return Double.NaN;
        }
        try (INDArray product = operator.multiply(vector)) {
            return Vectors.dot(vector, product) / top.value();
        }
    }
}
