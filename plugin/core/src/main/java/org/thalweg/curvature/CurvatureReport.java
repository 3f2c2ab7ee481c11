package org.thalweg.curvature;

import java.util.List;
import java.util.Optional;
import org.thalweg.krylov.ConvergenceInfo;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.objective.HessianMethod;

/**
 * Extreme eigenpairs of the Hessian, or the reason why there are none. Closing frees the eigenvectors, where asked for.
 *
 * @param eigenpairs both ends and how they were found; absent where they could not be found or trusted
 * @param method how Hessian-vector products were formed
 * @param products Hessian-vector products taken by eigenvalues and self-check
 * @param asymmetry |&lt;u,Hv&gt; - &lt;v,Hu&gt;| / (||u|| ||Hv||) on random vectors; NaN if not taken
 * @param reason why there are no eigenpairs: {@link #DIVERGED}, {@code memory: ...}, or the Hessian's own, such as
 *     {@code kink}
 */
public record CurvatureReport(
        Optional<LanczosResult> eigenpairs,
        HessianMethod method,
        long products,
        double asymmetry,
        Optional<String> reason)
        implements AutoCloseable {

    /** The reason where parameters or products have elements that are not finite. */
    public static final String DIVERGED = "diverged";

    public CurvatureReport {
        if (eigenpairs.isPresent() == reason.isPresent()) {
            throw new IllegalArgumentException(
                    "a report has either eigenpairs or a reason, got " + eigenpairs + " and " + reason);
        }
    }

    /** The algebraically largest eigenvalues, descending; empty if there is a reason. */
    public List<EigenPair> largest() {
        return eigenpairs.map(LanczosResult::largest).orElse(List.of());
    }

    /** The algebraically smallest eigenvalues, descending, the last one lambda_min; empty if there is a reason. */
    public List<EigenPair> smallest() {
        return eigenpairs.map(LanczosResult::smallest).orElse(List.of());
    }

    /** How the eigenpairs were found. */
    public Optional<ConvergenceInfo> convergence() {
        return eigenpairs.map(LanczosResult::info);
    }

    @Override
    public void close() {
        eigenpairs.ifPresent(LanczosResult::close);
    }
}
