package org.thalweg.curvature;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.Objective;

/** Looks at the Hessian of an objective. What cannot be computed or trusted is absent with a reason, never made up. */
public final class Curvature {

    private Curvature() {}

    /**
     * What the options ask for at {@code theta}.
     *
     * @param objective any objective; its open Hessian, if there was one, must be closed
     * @param theta parameters, packed, {@code [P]}; not modified
     * @param options how many eigenvalues, at most P of each end are looked for, and what else
     * @return the report; close it if it has eigenvectors
     */
    public static CurvatureReport report(Objective objective, INDArray theta, CurvatureOptions options) {
        return report(objective, theta, options, null);
    }

    /**
     * As {@link #report(Objective, INDArray, CurvatureOptions)}, from given start vectors.
     *
     * @param start {@code [P]} or {@code [j, P]}, the eigenvectors of the frame before say; null for a random start
     */
    public static CurvatureReport report(
            Objective objective, INDArray theta, CurvatureOptions options, @Nullable INDArray start) {
        if (!Double.isFinite(theta.sumNumber().doubleValue())) {
            return HessianSurvey.absent(objective.hessianMethod(), options, CurvatureReport.DIVERGED);
        }
        try (Hessian hessian = objective.hessianAt(theta)) {
            Optional<String> defect = hessian.defect();
            if (defect.isPresent()) {
                return HessianSurvey.absent(objective.hessianMethod(), options, defect.get());
            }
            return new HessianSurvey(new HessianOperator(hessian), objective.hessianMethod(), options).report(start);
        }
    }
}
