package org.thalweg.curvature;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LanczosOptions;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.NonFiniteProductException;
import org.thalweg.krylov.SymmetryCheck;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;

/** Looks at the Hessian of an objective. What cannot be computed or trusted is absent with a reason, never made up. */
public final class Curvature {

    private Curvature() {}

    /**
     * Extreme eigenvalues at {@code theta}.
     *
     * @param objective any objective; its open Hessian, if there was one, must be closed
     * @param theta parameters, packed, {@code [P]}; not modified
     * @param options how many eigenvalues, at most P of each end are looked for
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
        HessianMethod method = objective.hessianMethod();
        if (!Double.isFinite(theta.sumNumber().doubleValue())) {
            return absent(method, 0, Double.NaN, CurvatureReport.DIVERGED);
        }
        try (Hessian hessian = objective.hessianAt(theta)) {
            HessianOperator operator = new HessianOperator(hessian);
            LanczosOptions lanczos = fitted(options.lanczos(), operator.dimension());
            Optional<String> reason = hessian.defect().or(() -> shortOfMemory(operator, lanczos));
            if (reason.isPresent()) {
                return absent(method, 0, Double.NaN, reason.get());
            }
            return report(operator, method, options.selfCheck(), lanczos, start);
        }
    }

    private static CurvatureReport report(
            HessianOperator operator,
            HessianMethod method,
            boolean selfCheck,
            LanczosOptions lanczos,
            @Nullable INDArray start) {
        double asymmetry = selfCheck ? SymmetryCheck.asymmetry(operator, lanczos.seed()) : Double.NaN;
        try {
            LanczosResult eigenpairs = new Lanczos(lanczos).run(operator, start);
            return new CurvatureReport(
                    Optional.of(eigenpairs), method, operator.products(), asymmetry, Optional.empty());
        } catch (NonFiniteProductException diverged) {
            return absent(method, operator.products(), asymmetry, CurvatureReport.DIVERGED);
        }
    }

    /** A model may have fewer parameters than eigenvalues are asked for. */
    private static LanczosOptions fitted(LanczosOptions options, long parameters) {
        int largest = (int) Math.min(options.largest(), parameters);
        int smallest = (int) Math.min(options.smallest(), parameters);
        return options.withEnds(largest, smallest);
    }

    private static Optional<String> shortOfMemory(HessianOperator operator, LanczosOptions options) {
        long needed = options.smallestBytes(operator.dimension(), operator.dataType());
        if (needed <= options.memoryBudget()) {
            return Optional.empty();
        }
        return Optional.of("memory: the smallest basis for " + operator.dimension() + " parameters needs " + needed
                + " bytes, the budget is " + options.memoryBudget());
    }

    private static CurvatureReport absent(HessianMethod method, long products, double asymmetry, String reason) {
        return new CurvatureReport(Optional.empty(), method, products, asymmetry, Optional.of(reason));
    }
}
