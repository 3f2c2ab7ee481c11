package org.thalweg.curvature;

import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;

/**
 * Computes the curvature of an objective. Values that cannot be computed or trusted are absent, with a reason.
 *
 * @since 0.2.0
 */
public final class Curvature {

    private Curvature() {}

    /**
     * Computes at {@code theta} what the options ask for, without quantities.
     *
     * @param objective any objective; it must have no open Hessian
     * @param theta parameters, packed, {@code [P]}; not modified
     * @param options the eigenvalues to compute, at most P at each end, and the other estimates
     * @return the report; close it if it has eigenvectors
     */
    public static CurvatureReport report(Objective objective, INDArray theta, CurvatureOptions options) {
        return report(objective, theta, FrameProbes.UNKNOWN, options);
    }

    /**
     * As {@link #report(Objective, INDArray, CurvatureOptions)}, with a given start for the eigenvalues: the
     * eigenvectors at nearby parameters.
     *
     * @param start a vector {@code [P]}, or several {@code [j, P]} whose sum is the start; null for a random one. Not
     *     modified.
     */
    public static CurvatureReport report(
            Objective objective, INDArray theta, @Nullable INDArray start, CurvatureOptions options) {
        try (FrameObjectives objectives = new FrameObjectives(objective, FrameProbes.UNKNOWN)) {
            return report(objectives, theta, start, options, (report, hessian) -> report);
        }
    }

    /**
     * As {@link #report(Objective, INDArray, CurvatureOptions)}, with values that need batches of the probe or held-out
     * examples.
     */
    public static CurvatureReport report(
            Objective objective, INDArray theta, FrameProbes probes, CurvatureOptions options) {
        try (FrameObjectives objectives = new FrameObjectives(objective, probes)) {
            return report(objectives, theta, null, options, (report, hessian) -> report);
        }
    }

    /**
     * As {@link #report(Objective, INDArray, CurvatureOptions)}, with additions to the report while the Hessian is
     * open.
     *
     * @param start of the Lanczos iteration, or null
     * @param then receives the report, and the Hessian unless the report has a reason for its absence
     */
    static CurvatureReport report(
            FrameObjectives objectives,
            INDArray theta,
            @Nullable INDArray start,
            CurvatureOptions options,
            BiFunction<CurvatureReport, Optional<OpenHessian>, CurvatureReport> then) {
        CurvatureAnalyzer analyzer = new CurvatureAnalyzer(objectives, theta, start, options);
        if (!InnerProducts.isFinite(theta)) {
            return then.apply(analyzer.absent(CurvatureReport.DIVERGED), Optional.empty());
        }
        CurvatureReport report;
        try (LinearOperator hessian = objectives.whole().hessianAt(theta)) {
            Optional<String> defect = hessian.defect();
            if (defect.isPresent()) {
                return then.apply(analyzer.absent(defect.get()), Optional.empty());
            }
            OpenHessian open = new OpenHessian(hessian, options.eigenvalues());
            CurvatureReport found = analyzer.ofHessian(hessian);
            Optional<String> distrusted = analyzer.distrust(hessian, found);
            if (distrusted.isPresent()) {
                found.close();
                return then.apply(analyzer.absent(distrusted.get()), Optional.empty());
            }
            report = then.apply(found, Optional.of(open));
        }
        return analyzer.withOthers(report);
    }
}
