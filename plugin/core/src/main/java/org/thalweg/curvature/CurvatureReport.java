package org.thalweg.curvature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.krylov.ConvergenceInfo;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.objective.HessianMethod;

/**
 * What a look at the Hessian found: extreme eigenpairs, or the reason why there are none, and what else was asked for.
 * Closing frees the eigenvectors, where asked for.
 *
 * @param eigenpairs both ends and how they were found; absent where they could not be found or trusted
 * @param method how Hessian-vector products were formed
 * @param products Hessian-vector products taken by eigenvalues and self-check
 * @param asymmetry |&lt;u,Hv&gt; - &lt;v,Hu&gt;| / (||u|| ||Hv||) on random vectors; NaN if not taken
 * @param reason why there are no eigenpairs: {@link #DIVERGED}, {@code memory: ...}, or the Hessian's own, such as
 *     {@code kink}
 * @param trace when asked for
 * @param density when asked for
 * @param layers diagonal blocks, one a layer with parameters, when asked for
 * @param gaussNewton when asked for
 * @param reference the eigenvalues again, in double precision, when asked for
 * @param quantities by name
 * @param absent why something else that was asked for is not there, by its name
 */
public record CurvatureReport(
        Optional<LanczosResult> eigenpairs,
        HessianMethod method,
        long products,
        double asymmetry,
        Optional<String> reason,
        Optional<TraceEstimate> trace,
        Optional<SpectralDensity> density,
        List<LayerReport> layers,
        Optional<GaussNewtonReport> gaussNewton,
        Optional<LanczosResult> reference,
        Map<String, Double> quantities,
        Map<String, String> absent)
        implements AutoCloseable {

    /** The reason where parameters or products have elements that are not finite. */
    public static final String DIVERGED = "diverged";

    /** Name of the trace where it is absent. */
    public static final String TRACE = "trace";

    /** Name of the spectral density where it is absent. */
    public static final String DENSITY = "density";

    /** Name of the layers where they are absent. */
    public static final String LAYERS = "layers";

    /** Name of the Gauss-Newton matrix where it is absent. */
    public static final String GAUSS_NEWTON = "gauss_newton";

    /** Name of the eigenvalues in double precision where they are absent. */
    public static final String REFERENCE = "reference";

    public CurvatureReport {
        layers = List.copyOf(layers);
        quantities = Map.copyOf(quantities);
        absent = Map.copyOf(absent);
        if (eigenpairs.isPresent() == reason.isPresent()) {
            throw new IllegalArgumentException(
                    "a report has either eigenpairs or a reason, got " + eigenpairs + " and " + reason);
        }
    }

    /** A report of nothing but reasons. */
    static CurvatureReport absent(HessianMethod method, String reason, Map<String, String> absent) {
        return new CurvatureReport(
                Optional.empty(),
                method,
                0,
                Double.NaN,
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                absent);
    }

    /** The report where no spectrum was asked for. */
    static CurvatureReport off(HessianMethod method) {
        return absent(method, CurvatureQuantity.OFF, Map.of());
    }

    CurvatureReport withQuantities(Map<String, Double> quantities, Map<String, String> absent) {
        return with(gaussNewton, reference, quantities, absent);
    }

    CurvatureReport withOthers(
            Optional<GaussNewtonReport> gaussNewton, Optional<LanczosResult> reference, Map<String, String> absent) {
        return with(gaussNewton, reference, quantities, absent);
    }

    private CurvatureReport with(
            Optional<GaussNewtonReport> gaussNewton,
            Optional<LanczosResult> reference,
            Map<String, Double> quantities,
            Map<String, String> absent) {
        return new CurvatureReport(
                eigenpairs,
                method,
                products,
                asymmetry,
                reason,
                trace,
                density,
                layers,
                gaussNewton,
                reference,
                quantities,
                absent);
    }

    /** The algebraically largest eigenvalues, descending; empty if there is a reason. */
    public List<EigenPair> largest() {
        return eigenpairs.map(LanczosResult::largest).orElse(List.of());
    }

    /** The algebraically smallest eigenvalues, descending, the last one lambda_min; empty if there is a reason. */
    public List<EigenPair> smallest() {
        return eigenpairs.map(LanczosResult::smallest).orElse(List.of());
    }

    /** The algebraically largest eigenvalue; empty if there is a reason. */
    public Optional<EigenPair> lambdaMax() {
        return largest().stream().findFirst();
    }

    /** The algebraically smallest eigenvalue; empty if there is a reason. */
    public Optional<EigenPair> lambdaMin() {
        List<EigenPair> ends = smallest();
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(ends.size() - 1));
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
